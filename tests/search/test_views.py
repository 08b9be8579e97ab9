"""The page with results: what it says, how it is narrowed, and what it does with nonsense."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.actions import post_comment
from kring.people.models import PersonSkill, Skill
from search.views import PAGE_SIZE
from support.indexing import index_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(site_engine, root):
    """On each engine."""


@pytest.fixture
def reader(client):
    user = make_user("Reader", language="en")
    client.force_login(user)
    return user


@pytest.fixture
def library(reader):
    """Two communities with lessons, an article and a question on suppliers, and somebody who knows."""
    buying = make_community("Buying", language="en")
    balie = make_community("Balie", language="nl")
    knows = make_user("Femke de Vries")
    skill = Skill.objects.create(label_en="supplier records", label_nl="leveranciersgegevens")
    PersonSkill.objects.create(user=knows, skill=skill, direction="offers", level=4)
    night = make_lesson(
        buying, "We moved our suppliers in one night", author=knows, language="en", outcome="failure",
        happened="<p>Invoices were paid twice.</p>",
    )  # fmt: skip
    night.tags.add("payments")
    night.save()
    make_lesson(balie, "De suppliers van de balie", author=make_user("Koen"), language="nl")
    article = make_article(buying, "Buying, on one page", body="<h2>The gate</h2><p>A supplier signs.</p>")
    question = make_discussion(buying, "Who tells suppliers?", author=make_user("Ruth"), language="en")
    post_comment(target=question, by=knows, body="<p>Tom does.</p>", kind="answer")
    index_all()
    return {"buying": buying, "balie": balie, "knows": knows, "night": night, "article": article}


def text_of(response):
    main = re.search("<main[^>]*>(.*)</main>", response.content.decode(), re.DOTALL)[1]
    return " ".join(unescape(strip_tags(main)).split())


def titles(response):
    """In order, as they stand on the page."""
    found = re.findall(r'class="card__title"[^>]*><a[^>]*>(.*?)</a>', response.content.decode())
    return [unescape(strip_tags(title)) for title in found]


def counts(response):
    return {
        facet.name: {option.label: option.number for option in facet.options}
        for facet in response.context["facets"]
    }


def test_results_stand_by_kind_with_what_helps_to_choose(client, library):
    response = client.get("/search/?q=suppliers")
    html, text = response.content.decode(), text_of(response)
    assert text.startswith("5 results for suppliers")
    assert "<title>“suppliers”: 5 results" in html
    assert {group.kind.kind: len(group.cards) for group in response.context["groups"]} == {
        "lesson": 2,
        "article": 1,
        "question": 1,
    }
    assert 'lang="en"><a href="' in html
    assert "We moved our <mark>suppliers</mark> in one night" in html
    assert "Something went wrong" in text
    assert "1 answer, not chosen yet" in text
    assert "in Dutch" in text
    assert 'value="suppliers"' in html


def test_a_result_leads_to_the_part_that_answers(client, library):
    html = client.get("/search/?q=signs").content.decode()
    assert re.search(r'href="[^"]*#[^"]+" lang="en">The gate</a>', html)


def test_people_are_among_the_results_with_the_evidence(client, library):
    (first, *_others) = client.get("/search/?q=suppliers").context["people"].shown
    assert first.user == library["knows"]
    assert first.why == [
        "<mark>Supplier</mark> records: helps others with it",
        'Wrote “<span lang="en">We moved our <mark>suppliers</mark> in one night</span>”',
    ]
    html = client.get("/search/?q=suppliers").content.decode()
    assert f'<a href="{library["knows"].get_absolute_url()}">Femke de Vries</a>' in html


def test_who_wants_to_learn_it_is_no_one_who_knows(client, library):
    learner = make_user("Ilse")
    PersonSkill.objects.create(user=learner, skill=Skill.objects.get(), direction="wants", level=1)
    index_all()
    response = client.get("/search/?q=supplier+records")
    assert [one.name for one in response.context["people"].shown] == ["Femke de Vries"]
    assert "Supplier records: wants to learn it" in text_of(
        client.get("/search/?q=supplier+records&kind=person")
    )


def test_a_name_finds_the_person(client, library):
    response = client.get("/search/?q=femke&kind=person")
    assert titles(response) == ["Femke de Vries"]


def test_typing_errors_are_forgiven_and_told(client, library):
    response = client.get("/search/?q=supliers+")
    assert "We moved our suppliers in one night" in titles(response)
    assert "Showing results for suppliers. Search instead for supliers." in text_of(response)
    assert response.context["instead"] == ("suppliers", "?q=%22supliers%22")
    literal = client.get("/search/" + response.context["instead"][1])
    assert titles(literal) == []
    assert "Showing results for" not in text_of(literal)


def test_the_other_words_and_choices_stay_when_one_is_read_differently(client, library):
    response = client.get("/search/?q=the+Süpliers+night+&kind=lesson")
    assert response.context["instead"] == (
        "the suppliers night",
        "?q=the+%22S%C3%BCpliers%22+night&kind=lesson",
    )


@pytest.mark.parametrize(
    "query, expected",
    [
        ("kind=lesson", ["De suppliers van de balie", "We moved our suppliers in one night"]),
        ("kind=lesson&kind=question", [
            "De suppliers van de balie", "We moved our suppliers in one night", "Who tells suppliers?"]),
        ("kind=lesson&language=nl", ["De suppliers van de balie"]),
        ("kind=lesson&language=nl&language=en", [
            "De suppliers van de balie", "We moved our suppliers in one night"]),
        ("tag=payments&page=1", ["We moved our suppliers in one night"]),
    ],
)  # fmt: skip
def test_results_are_narrowed(client, library, query, expected):
    assert sorted(titles(client.get(f"/search/?q=suppliers&{query}"))) == expected


def test_a_filter_is_counted_without_its_own_choice_and_can_be_taken_away(client, library):
    response = client.get(f"/search/?q=suppliers&kind=lesson&community={library['buying'].pk}")
    assert titles(response) == ["We moved our suppliers in one night"]
    assert counts(response)["kind"] == {"Articles": 1, "Lessons": 1, "Questions": 1}
    assert counts(response)["community"] == {"Buying": 1, "Balie": 1}
    chosen = {option.label: option.address for option in response.context["chosen"]}
    assert chosen == {
        "Lessons": f"?q=suppliers&community={library['buying'].pk}",
        "Buying": "?q=suppliers&kind=lesson",
    }
    html = response.content.decode()
    assert '<input type="checkbox" name="kind" value="lesson" checked>' in html
    assert '<input type="hidden" name="q" value="suppliers">' in html


def test_without_words_a_kind_is_listed(client, library):
    response = client.get("/search/?kind=lesson")
    assert sorted(titles(response)) == ["De suppliers van de balie", "We moved our suppliers in one night"]
    assert text_of(response).startswith("2 results")


@pytest.mark.parametrize(
    "query, expected",
    [
        ("sign=failure", ["We moved our suppliers in one night"]),
        ("sign=answered", ["Who tells suppliers?"]),
        ("sign=solved", []),
        ("sign=answered&sign=failure", ["We moved our suppliers in one night", "Who tells suppliers?"]),
    ],
)
def test_what_came_of_it_narrows(client, library, query, expected):
    response = client.get(f"/search/?q=suppliers&page=1&{query}")
    if expected:
        assert sorted(titles(response)) == expected
    assert (
        counts(response)["sign"].items()
        >= {
            "Answered": 1,
            "Something went wrong": 1,
        }.items()
    )


def test_a_time_narrows_and_can_be_taken_away(client, library):
    response = client.get("/search/?q=suppliers&kind=lesson&age=week")
    assert counts(response)["age"]["In the last week"] == 2
    assert {one.label: one.address for one in response.context["chosen"]} == {
        "Lessons": "?q=suppliers&age=week",
        "In the last week": "?q=suppliers&kind=lesson",
    }
    assert '<input type="hidden" name="age" value="week">' in response.content.decode()


def test_days_of_ones_own_go_before_an_age_and_stand_in_the_form(client, library):
    response = client.get("/search/?q=suppliers&age=week&from=2020-03-01&to=2020-02-01")
    assert response.context["results"].total == 0
    assert [one.label for one in response.context["chosen"]] == ["1 February 2020 to 1 March 2020"]
    html = response.content.decode()
    assert 'type="date" name="from" value="2020-02-01"' in html
    assert 'type="date" name="to" value="2020-03-01"' in html
    since = client.get("/search/?q=suppliers&from=2020-03-01")
    assert since.context["results"].total == 5
    assert [one.label for one in since.context["chosen"]] == ["Since 1 March 2020"]


def test_newest_first(client, library):
    response = client.get("/search/?q=suppliers&sort=newest")
    dates = [int(card.hit.updated_at.timestamp()) for card in response.context["cards"]]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 5


def test_pages_follow_one_another_and_keep_the_choices(client, reader):
    community = make_community("Buying", language="en")
    for number in range(PAGE_SIZE + 3):
        make_lesson(community, f"Supplier {number}", language="en")
    index_all()
    address = "/search/?q=supplier&kind=lesson&sort=newest"
    first, second = client.get(address), client.get(f"{address}&page=2")
    assert (len(titles(first)), len(titles(second))) == (PAGE_SIZE, 3)
    assert not set(titles(first)) & set(titles(second))
    link = '<a class="button" rel="next" href="?q=supplier&amp;kind=lesson&amp;sort=newest&amp;page=2">'
    assert link in first.content.decode()
    assert titles(client.get(f"{address}&page=99999999")) == titles(second)
    assert titles(client.get(f"{address}&page=zero")) == titles(first)
    assert titles(client.get(f"{address}&page=-1")) == titles(first)


def test_a_kind_with_many_shows_a_few_and_leads_to_the_rest(client, reader):
    community = make_community("Buying")
    for number in range(9):
        make_lesson(community, f"Supplier {number}")
    index_all()
    response = client.get("/search/?q=supplier")
    assert len(titles(response)) == 4
    assert (
        '<a class="small" href="?q=supplier&amp;kind=lesson">All 9 lessons</a>' in response.content.decode()
    )
    assert len(titles(client.get("/search/?q=supplier&page=1"))) == 9


def test_what_comes_close_is_called_that(client, library):
    text = text_of(client.get("/search/?q=suppliers+helicopter"))
    assert text.startswith("Nothing with all of suppliers helicopter, but 5 close to it")
    response = client.get("/search/?q=night+suppliers")
    assert response.context["results"].total == 1
    assert "Also close, with fewer of your words" in text_of(response)


def test_nothing_found_helps_on(client, library):
    response = client.get(f"/search/?q=zzyzx+qqq&community={library['buying'].pk}")
    html = unescape(response.content.decode())
    assert text_of(response).startswith("Nothing found for zzyzx qqq")
    assert f'href="/discussions/new/?title=zzyzx+qqq&community={library["buying"].pk}"' in html
    assert 'href="/lessons/new/"' in html


def test_when_no_two_words_meet_each_is_offered_alone(client, library):
    response = client.get("/search/?q=suppliers+zzyzx+qqqq")
    assert [(one.label, one.number, one.address) for one in response.context["words"]] == [
        ("suppliers", 5, "?q=suppliers")
    ]
    assert "With one of your words" in text_of(response)


def test_what_a_filter_took_away_is_shown(client, library):
    response = client.get("/search/?q=suppliers&kind=community")
    assert "Without your choices there are 5 results" in text_of(response)
    assert len(titles(response)) == 3


def test_asking_is_offered_to_who_may_ask_alone(client, library):
    guest = make_user(is_guest=True)
    client.force_login(guest)
    assert "/discussions/new/" not in client.get("/search/?q=zzyzx").content.decode()


def test_it_begins_with_help_and_with_what_is_new(client, library):
    response = client.get("/search/")
    assert {option.label: option.number for option in response.context["kinds"]} == {
        "Lessons": 2,
        "Articles": 1,
        "Questions": 1,
        "Communities": 2,
        "People": 4,
    }
    assert len(titles(response)) == 4
    assert "Half a word is enough" in text_of(response)


@pytest.mark.parametrize(
    "query",
    [
        *(
            "q=s",
            "q=%20%20",
            "q=%00",
            "q=a%00b",
            "q=%ED%A0%80",
            "q=%ff%fe",
            "q=%22",
            "q=%22%22+-",
            "q=AND+OR",
        ),
        *("q=*", "q=title:x", "q=((((", "q=%F0%9F%98%80", "q=<script>alert(1)</script>", "q=%E2%80%AEx"),
        *("q=x&q=y", f"q={'x' * 5000}", f"q={'word+' * 900}", "kind=nonsense", "sort=nonsense"),
        *(f"q=suppliers&page={page}" for page in ("99999999999999999999", "1e9", "%D9%A3", "-1", "")),
        "q=suppliers&kind=&tag=&community=&language=",
        *(f"q=suppliers&tag={tag}" for tag in ("%00", "%ED%A0%80", "x" * 3000)),
        "q=suppliers" + "&tag=one" * 300,
    ],
)
@pytest.mark.parametrize("path", ["/search/", "/search/suggest/"])
def test_nonsense_is_no_error(client, library, path, query):
    response = client.get(f"{path}?{query}", follow=True)
    assert response.status_code in {200, 204}
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "query",
    ["kind=nonsense", "community=999999", "community=99999999999999999999999", "community=x", "language=fr",
     "sign=x", "age=x", "from=x", "to=2020-13-01", "from=0001-01-01", "to=9999-12-31",
     "kind=lesson&kind=nonsense", "community=" + "9" * 5000, "community=%D9%A3"],
)  # fmt: skip
def test_an_unknown_filter_is_left_out_and_told(client, library, query):
    response = client.get(f"/search/?q=suppliers&{query}")
    assert "A filter in this address isn't there, or not for you. It was left out." in text_of(response)
    assert response.context["results"].total >= 2
    assert "A filter in this" not in text_of(client.get("/search/?q=suppliers&kind=lesson"))


def test_a_long_question_is_cut_and_that_is_told(client, library):
    assert "only its beginning was searched" in text_of(client.get(f"/search/?q=suppliers+{'x' * 500}"))
    assert "only its beginning" not in text_of(client.get("/search/?q=suppliers"))


def test_without_an_index_it_says_so(client, reader):
    response = client.get("/search/?q=suppliers")
    assert response.status_code == 200
    assert text_of(response).startswith("Search is being prepared")
    assert client.get("/search/suggest/?q=suppliers").status_code == 204


def test_an_engine_that_fails_is_no_error_page(client, library, site_engine, settings):
    if site_engine.name == "meilisearch":
        settings.MEILISEARCH_URL = "http://127.0.0.1:9"
    for path in site_engine.folder.rglob("meta.json"):
        path.write_text("{")
    response = client.get("/search/?q=suppliers")
    assert response.status_code == 503
    assert text_of(response).startswith("Search isn't available at the moment")
    assert client.get("/search/suggest/?q=suppliers").status_code == 204


def test_in_dutch_titles_and_dates_are_those_of_the_reader(client, library):
    client.force_login(make_user(language="nl"))
    html = client.get("/search/?q=suppliers").content.decode()
    assert '<html lang="nl"' in html
    assert '<h3 class="card__title" lang="en">' in html


@pytest.mark.parametrize(
    "address", ["/search/?q=supplier", "/search/?q=supplier&page=1", "/search/suggest/?q=supplier"]
)
def test_one_and_thirty_results_cost_the_same(client, reader, address, django_assert_num_queries):
    community = make_community("Buying")
    make_member(community, reader)

    def make(number):
        author = make_user(f"Somebody {number}")
        make_lesson(community, f"Supplier {number}", author=author).tags.add("one", f"tag {number}")

    make(0)
    index_all()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(1, 30):
        make(number)
    index_all()
    with django_assert_num_queries(len(one)):
        client.get(address)
