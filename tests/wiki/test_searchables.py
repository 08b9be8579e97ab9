"""What is found of lessons and articles, by whom."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from factories.communities import make_community, make_member
from factories.people import make_guest, make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.actions import post_comment
from kring.indexing.models import IndexChange
from kring.indexing.registry import audience_of, documents_of, searchables, stamps_of
from support.searching import documents, queries_for, stamps_agree, whole
from wiki.models import LessonPage

pytestmark = pytest.mark.django_db

BODY = (
    "<p>Before.</p><h2 id='s-leave'>Leave</h2><p>Ask first.</p><h3 id='s-sick'>Sick</h3><p>Ring.</p>"
    "<h4 id='s-long'>Long</h4><p>Write.</p><h2 id='s-pay'>Pay</h2><p>Monthly.</p>"
)


@pytest.fixture
def community(root):
    return make_community("Suppliers")


def test_a_lesson_with_its_parts_and_comments(community):
    femke = make_user("Femke")
    lesson = make_lesson(
        community,
        "We moved",
        author=femke,
        summary="In one night.",
        planned="<p>A quiet night.</p>",
        learned="<p>Dirty data.</p>",
        outcome="failure",
        occurred_on=date(2026, 1, 16),
        created_on=date(2026, 3, 12),
        language="nl",
    )
    lesson.tags.set(["data"])
    lesson.save()
    comment = post_comment(
        target=lesson, by=make_member(community, make_user("Yusuf")).user, body="<p>Us too.</p>"
    )
    first, *parts = documents(lesson, "lesson")
    assert (first.key, first.title, first.audience) == (
        f"lesson:{lesson.pk}",
        "We moved",
        (f"c:{community.pk}",),
    )
    assert first.body == "In one night.\nA quiet night.\nDirty data.\nUs too."
    assert (first.beside, parts[-1].beside) == ("data\nFemke", "data\nFemke")
    assert (first.language, first.tags, first.people) == ("nl", ("data",), (str(femke.pk),))
    assert first.facts == {
        "outcome": "failure",
        "occurred_on": "2026-01-16",
        "authors": ["Femke"],
        "comments": 1,
    }
    address = lesson.get_absolute_url()
    assert [(part.key.partition("#")[2], part.title, part.body, part.url) for part in parts] == [
        (f"c{comment.pk}", "", "Us too.", f"{address}?c={comment.pk}#c{comment.pk}"),
        ("planned", "Wat het plan was", "A quiet night.", f"{address}#planned"),
        ("learned", "Wat we leerden", "Dirty data.", f"{address}#learned"),
        ("top", "", "In one night.", address),
    ]


def test_an_article_with_a_part_for_each_heading(community):
    article = make_article(community, "Handbook", body=BODY)
    first, *parts = documents(article, "article")
    assert first.body == "Before.\nLeave\nAsk first.\nSick\nRing.\nLong\nWrite.\nPay\nMonthly."
    assert [(part.key, part.title, part.body) for part in parts] == [
        (f"article:{article.pk}#s-leave", "Leave", "Ask first."),
        (f"article:{article.pk}#s-sick", "Sick", "Ring.\nLong\nWrite."),
        (f"article:{article.pk}#s-pay", "Pay", "Monthly."),
        (f"article:{article.pk}#top", "", "Before."),
    ]


def test_the_addresses_of_parts_lead_to_what_the_page_shows(community):
    article = make_article(community, "Handbook", body=BODY)
    lesson = make_lesson(community, "We moved", planned="<p>One</p>", next_time="<p>Two</p>")
    client = Client()
    client.force_login(make_user())
    for thing, kind in ((article, "article"), (lesson, "lesson")):
        page = client.get(thing.get_absolute_url()).content.decode()
        for part in documents(thing, kind)[1:-1]:
            assert f'id="{part.url.partition("#")[2]}"' in page


def test_names_of_outsiders_stand_where_nobody_of_the_site_wrote_it(community):
    lesson = make_lesson(community, attributions=[{"name": "NASA", "url": ""}, {"name": ""}])
    found = whole(lesson, "lesson")
    assert (found.facts["authors"], found.people) == (["NASA"], ())


def test_unpublished_and_unwritten_ones_are_not_offered(community):
    hidden = make_lesson(community, live=False)
    unwritten = make_article(community, is_placeholder=True)
    assert list(documents_of("lesson", [hidden.pk])) == []
    assert list(documents_of("article", [unwritten.pk])) == []
    assert [list(searchables()[kind].all_ids()) for kind in ("lesson", "article")] == [[], []]


@pytest.mark.parametrize(
    ("published", "changed", "written", "expected"),
    [
        ("2026-03-01", "2026-03-01", None, datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01", "2026-03-01", date(2020, 5, 4), "2020-05-04"),
        ("2026-03-01", "2026-04-02", date(2020, 5, 4), datetime(2026, 4, 2, 9, tzinfo=UTC)),
    ],
)
def test_when_it_was_written(community, published, changed, written, expected):
    moments = [datetime.fromisoformat(f"{day}T09:00+00:00") for day in (published, changed)]
    lesson = make_lesson(
        community, first_published_at=moments[0], last_published_at=moments[1], created_on=written
    )
    found = whole(lesson, "lesson").updated_at
    assert found == expected or str(found.date()) == expected


@pytest.mark.parametrize("openness", ["open", "private"])
@pytest.mark.parametrize("kind", ["lesson", "article"])
def test_who_holds_the_token_is_who_may_read(root, kind, openness):
    community = make_community(openness=openness)
    thing = (make_lesson if kind == "lesson" else make_article)(community)
    people = {"staff": make_user(), "guest": make_guest(), "member": make_member(community).user}
    tokens = set(whole(thing, kind).audience)
    holders = {name for name, user in people.items() if tokens & audience_of(user)}
    allowed = {name for name, user in people.items() if searchables()[kind].visible_ids(user, [thing.pk])}
    expected = {"member"} if openness == "private" else {"member", "staff"}
    assert (holders, allowed) == (expected, expected)


def test_thirty_cost_as_many_queries_as_one(community):
    author = make_user()
    for make, kind in ((make_lesson, "lesson"), (make_article, "article")):
        things = [make(community, author=author) for _number in range(30)]
        post_comment(target=things[0], by=make_member(community).user, body="<p>Yes</p>")
        list(documents_of(kind, [things[0].pk]))
        assert queries_for(kind, [things[0].pk]) == queries_for(kind, [one.pk for one in things])


def test_versions_change_with_what_is_shown(community):
    lesson = make_lesson(community)
    make_article(community)
    seen = [stamps_of("lesson")[lesson.pk]]
    post_comment(target=lesson, by=make_member(community).user, body="<p>Yes</p>")
    seen.append(stamps_of("lesson")[lesson.pk])
    page = LessonPage.objects.get(pk=lesson.pk)
    page.summary = "New"
    page.save_revision().publish()
    seen.append(stamps_of("lesson")[lesson.pk])
    assert len(set(seen)) == 3
    assert (stamps_agree("lesson"), stamps_agree("article")) == (True, True)


def test_moving_an_article_reaches_all_below(community):
    other = make_community()
    top = make_article(community, "Top")
    below = make_lesson(top, "Below")
    IndexChange.objects.all().delete()
    top.move(other, pos="last-child")
    changed = set(IndexChange.objects.values_list("kind", "object_id"))
    assert {("article", top.pk), ("lesson", below.pk)} <= changed
