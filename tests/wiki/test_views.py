from datetime import timedelta
from html import unescape

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories.communities import make_community, make_member
from factories.people import make_user
from factories.wiki import make_article, make_lesson
from kring.conversations.models import Conversation
from wiki.actions import create_article, create_lesson, edit_article, unpublish_page
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client, people):
    """Sign in by role, in a community of the given openness."""

    def sign_in(role="member", **fields):
        community, roles = people(**{"openness": "open", **fields})
        client.force_login(roles[role])
        return community, roles

    return sign_in


def lesson_data(community, **changes):
    return {
        "community": community.pk,
        "title": "The lift",
        "happened": "<p>It stopped.</p>",
        "language": "en",
        "author_names_0": "member",
        **changes,
    }


def errors(response):
    return set(response.context["form"].errors)


def test_a_lesson_shows_its_parts_authors_sources_and_leads(client, as_):
    community, roles = as_()
    lesson = make_lesson(
        community,
        "The lift",
        author=roles["member"],
        outcome="failure",
        why="<p>Because.</p>",
        happened="<ol><li><strong>Monday</strong> It stopped.</li><li><b>Friday</b> Again.</li></ol>",
        next_time="<ul><li>Keep a log.</li></ul>",
        language="nl",
        attributions=[{"name": "Ann Outsider", "url": "https://example.org/a", "licence": "CC BY 4.0"}],
    )
    lesson.tags.add("lifts & logs")
    lesson.save()

    html = client.get(lesson.get_absolute_url()).content.decode()

    assert '<h2 class="part__name" id="why">Why</h2>' in html
    assert 'id="planned"' not in html
    assert "<li><span>Monday</span><span>It stopped.</span></li>" in html
    assert '<ul class="ticks">' in html
    assert '<h1 lang="nl">The lift</h1>' in html
    assert '<a href="https://example.org/a" rel="noopener external nofollow">Ann Outsider</a>' in html
    assert "Licence: CC BY 4.0" in html
    assert "Something went wrong" in html
    assert '?tag=lifts%20%26%20logs"' in html
    assert [
        (user.name, why) for user, why in client.get(lesson.get_absolute_url()).context["who_to_ask"]
    ] == [
        ("member", "Wrote it"),
        ("lead", "Looks after this community"),
    ]


def test_a_source_without_a_web_address_is_no_link(client, as_):
    community, _ = as_()
    lesson = make_lesson(community, attributions=[{"name": "Ann", "url": "javascript:alert(1)"}])
    assert b"javascript:" not in client.get(lesson.get_absolute_url()).content


@pytest.mark.parametrize("role", ["stranger", "guest"])
def test_what_one_may_not_read_is_not_found_anywhere(client, as_, role):
    community, _ = as_(role, openness="private")
    lesson = make_lesson(community, "Secret")
    missing = lesson.pk + 1000

    assert client.get(lesson.get_absolute_url()).status_code == 404
    for path in ("/pages/{}/", "/pages/{}/edit/", "/pages/{}/unpublish/", "/pages/{}/delete/"):
        hidden, nothing = client.get(path.format(lesson.pk)), client.get(path.format(missing))
        assert (hidden.status_code, nothing.status_code) == (404, 404)
    assert client.post(f"/pages/{lesson.pk}/publish/").status_code == 404
    assert client.get(f"/wiki/new/?parent={lesson.pk}").status_code == 404
    response = client.get(f"/lessons/?community={community.pk}")
    assert b"Secret" not in response.content
    assert b"Suppliers" not in response.content
    assert response.context["page"].paginator.count == 0


def test_who_may_read_but_not_edit_is_told_so(client, as_):
    community, _ = as_("stranger")
    lesson = make_lesson(community)
    assert client.get(f"/pages/{lesson.pk}/edit/").status_code == 403
    assert client.post(f"/pages/{lesson.pk}/edit/", {"title": "Mine"}).status_code == 403
    assert client.get(f"/pages/{lesson.pk}/delete/").status_code == 403
    assert client.post(f"/pages/{lesson.pk}/publish/").status_code == 403
    assert LessonPage.objects.get().title == lesson.title


def test_other_wagtail_pages_are_no_pages_of_the_wiki(client, as_):
    community, _ = as_("administrator")
    assert client.get(f"/pages/{community.pk}/").status_code == 404


def test_an_unpublished_page_is_shown_by_number_to_its_editors(client, as_):
    community, roles = as_("member")
    article = create_article(by=roles["member"], parent=community, title="T", body="<p>x</p>")
    unpublish_page(by=roles["lead"], page=article)

    assert client.get(article.get_absolute_url()).status_code == 404
    assert b"Not published" in client.get(f"/pages/{article.pk}/").content


def test_an_article_has_contents_children_and_a_warning_when_its_review_is_due(client, as_):
    community, _ = as_()
    body = '<h2>First &amp; last</h2><p>x</p><h2 id="kept">Second</h2><h2>First &amp; last</h2>'
    article = make_article(community, "Above", body=body, review_on=timezone.localdate())
    make_article(article, "Below")
    make_lesson(community, "Elsewhere")

    response = client.get(article.get_absolute_url())
    html = response.content.decode()

    for anchor in ("first-last", "kept", "first-last-2"):
        assert f'<a href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert [one.title for one in response.context["below"]] == ["Below"]
    assert "Read it with care." in html
    labels = [
        item["label"]
        for item in client.get(ArticlePage.objects.get(title="Below").get_absolute_url()).context["path"]
    ]
    assert labels == ["Suppliers", "Articles", "Above"]


def test_the_next_review_is_no_warning(client, as_):
    community, _ = as_()
    article = make_article(community, review_on=timezone.localdate() + timedelta(days=1))
    assert b"Read it with care." not in client.get(article.get_absolute_url()).content


def test_a_lesson_can_be_shared_by_form(client, as_):
    community, _ = as_()
    make_member(community, make_user("Ruth Adeyemi"))
    data = lesson_data(
        community, author_names_1="ruth adeyemi", tag_words="lifts, logs, Lifts", outcome="mixed"
    )

    response = client.post("/lessons/new/", data)

    lesson = LessonPage.objects.get()
    assert response.headers["Location"] == lesson.get_absolute_url()
    assert (lesson.title, lesson.outcome, lesson.happened) == ("The lift", "mixed", "<p>It stopped.</p>")
    assert sorted(user.name for user in lesson.authors.all()) == ["Ruth Adeyemi", "member"]
    assert sorted(tag.name for tag in lesson.tags.all()) == ["lifts", "logs"]


def test_an_invalid_form_keeps_everything_that_was_typed(client, as_):
    community, _ = as_()
    data = lesson_data(
        community, title="", why="<p>kept</p>", tag_words="one, two", author_names_1="Nobody Known"
    )

    response = client.post("/lessons/new/", data)

    html = response.content.decode()
    assert response.status_code == 400
    assert errors(response) == {"title", "author_names"}
    for kept in ("&lt;p&gt;kept&lt;/p&gt;", 'value="one, two"', 'value="Nobody Known"'):
        assert kept in html
    assert "Nobody called Nobody Known can read this community." in html
    assert not LessonPage.objects.exists()


def test_a_lesson_without_any_part_is_refused(client, as_):
    community, _ = as_()
    assert errors(client.post("/lessons/new/", lesson_data(community, happened=" "))) == {"happened"}


def test_two_people_of_one_name_are_told_apart_by_address(client, as_):
    community, _ = as_()
    make_user("Jan Smit", email="a@example.org")
    second = make_user("Jan Smit", email="b@example.org")

    response = client.post("/lessons/new/", lesson_data(community, author_names_1="Jan Smit"))
    assert errors(response) == {"author_names"}

    client.post("/lessons/new/", lesson_data(community, author_names_1="B@example.org"))
    assert second in LessonPage.objects.get().authors.all()


def test_somebody_who_cannot_read_the_community_is_unknown_there(client, as_):
    community, _ = as_(openness="private")
    response = client.post("/lessons/new/", lesson_data(community, author_names_1="stranger"))
    assert errors(response) == {"author_names"}


def test_one_cannot_choose_a_community_one_may_not_write_in(client, as_):
    community, _ = as_("stranger", openness="private")
    make_community("Open")
    response = client.post("/lessons/new/", lesson_data(community, author_names_0="stranger"))
    assert errors(response) == {"community"}
    assert not LessonPage.objects.exists()


def test_who_can_write_nowhere_is_told_what_to_do(client, as_):
    as_("guest")
    response = client.get("/lessons/new/")
    assert response.status_code == 200
    assert b"There is no community yet where you can write" in response.content


def test_an_article_is_written_under_another(client, as_):
    community, roles = as_()
    above = make_article(community, "Above")
    data = {
        "community": community.pk,
        "title": "Below",
        "body": "<p>x</p>",
        "language": "nl",
        "author_names_0": "",
    }

    client.post(f"/wiki/new/?parent={above.pk}", data)

    below = ArticlePage.objects.get(title="Below")
    assert below.get_parent().specific == above
    assert list(below.authors.all()) == [roles["member"]]


def edit_data(client, page):
    """What a browser sends back when nothing is changed."""
    form = client.get(f"/pages/{page.pk}/edit/").context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if bound.name == "author_names":
            data |= {f"author_names_{index}": name for index, name in enumerate(value)}
        elif value not in (None, "", []):
            data[bound.name] = bound.field.prepare_value(value) if bound.name != "applies_to" else value
    return data


def test_saving_the_form_unchanged_makes_no_revision(client, as_):
    community, roles = as_()
    lesson = create_lesson(
        by=roles["member"],
        parent=community,
        title="T",
        why="<p>a</p>",
        tags=["b", "a"],
        occurred_on=timezone.localdate(),
        outcome="success",
    )
    before = LessonPage.objects.values().get()

    response = client.post(f"/pages/{lesson.pk}/edit/", edit_data(client, lesson))

    assert response.status_code == 302
    assert LessonPage.objects.values().get() == before
    assert lesson.revisions.count() == 1


def test_an_edit_is_published(client, as_):
    community, roles = as_()
    lesson = create_lesson(by=roles["member"], parent=community, title="T", why="<p>a</p>")
    client.post(f"/pages/{lesson.pk}/edit/", edit_data(client, lesson) | {"why": "<p>b</p>"})
    assert LessonPage.objects.get().why == "<p>b</p>"


def test_a_conflict_keeps_both_texts_and_the_second_try_overwrites(client, as_):
    community, roles = as_()
    article = create_article(by=roles["member"], parent=community, title="T", body="<p>0</p>")
    data = edit_data(client, article) | {"body": "<p>mine</p>"}
    edit_article(
        by=roles["stranger"], page=article, seen_revision=article.latest_revision_id, body="<p>theirs</p>"
    )

    response = client.post(f"/pages/{article.pk}/edit/", data)

    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody changed this page while you were writing." in html
    assert "stranger did, on" in html
    assert "&lt;p&gt;mine&lt;/p&gt;" in html
    assert ArticlePage.objects.get().body == "<p>theirs</p>"

    seen = response.context["form"]["seen_revision"].value()
    client.post(f"/pages/{article.pk}/edit/", data | {"seen_revision": seen})
    assert ArticlePage.objects.get().body == "<p>mine</p>"
    assert article.revisions.count() == 3


def test_an_editor_keeps_communities_that_they_cannot_see(client, as_):
    community, _ = as_()
    hidden = make_community("Hidden", openness="private")
    article = make_article(community, body="<p>0</p>")
    article.applies_to.add(hidden)
    article.save()

    data = edit_data(client, article)
    assert b"Hidden" not in client.get(f"/pages/{article.pk}/edit/").content
    client.post(f"/pages/{article.pk}/edit/", data | {"body": "<p>1</p>", "applies_to": []})

    article = ArticlePage.objects.get()
    assert article.body == "<p>1</p>"
    assert list(article.applies_to.all()) == [hidden]


def test_withdrawing_asks_first(client, as_):
    community, _ = as_("moderator")
    lesson = make_lesson(community)

    assert client.get(f"/pages/{lesson.pk}/unpublish/").status_code == 200
    assert LessonPage.objects.get().live
    client.post(f"/pages/{lesson.pk}/unpublish/")
    assert not LessonPage.objects.get().live
    client.post(f"/pages/{lesson.pk}/publish/")
    assert LessonPage.objects.get().live
    assert client.get(f"/pages/{lesson.pk}/delete/").status_code == 200
    client.post(f"/pages/{lesson.pk}/delete/")
    assert not LessonPage.objects.exists()


def test_an_article_with_others_under_it_stays(client, as_):
    community, _ = as_("moderator")
    article = make_article(community)
    make_article(article)
    response = client.post(f"/pages/{article.pk}/delete/")
    assert response.status_code == 409
    assert b"1 page stands under it." in response.content


def titles(response):
    return [one.title for one in response.context["page"]]


def test_lessons_are_narrowed_and_counted(client, as_):
    community, roles = as_()
    other = make_community("Buying")
    make_lesson(community, "A", outcome="success", language="nl", author=roles["member"])
    make_lesson(community, "B", outcome="failure", language="en")
    tagged = make_lesson(other, "C", outcome="failure", language="en")
    tagged.tags.add("Lifts")
    tagged.save()

    def shown(query):
        return sorted(titles(client.get(f"/lessons/?{query}")))

    assert shown("") == ["A", "B", "C"]
    assert shown("outcome=failure") == ["B", "C"]
    assert shown("outcome=failure&outcome=success") == ["A", "B", "C"]
    assert shown(f"community={other.pk}") == ["C"]
    assert shown("language=nl") == ["A"]
    assert shown("tag=lifts") == ["C"]
    assert shown("mine=1") == ["A"]
    assert shown("outcome=nonsense&community=x&sort=worst&language=xx&page=99") == ["A", "B", "C"]
    assert shown("community=99999999999999999999") == ["A", "B", "C"]
    facets = client.get("/lessons/?outcome=failure").context["facets"]
    counts = {facet["name"]: {str(o.value): o.number for o in facet["options"]} for facet in facets}
    assert counts["outcome"] == {"success": 1, "mixed": 0, "failure": 2}
    assert counts["language"] == {"en": 2, "nl": 0}
    assert counts["community"] == {str(community.pk): 1, str(other.pk): 1}
    assert counts["tag"] == {"Lifts": 1}


def test_lessons_are_sorted_by_age_and_by_talk(client, as_):
    community, _ = as_()
    made = [make_lesson(community, title) for title in "ABC"]
    for days, lesson in enumerate(made):
        at = timezone.now() - timedelta(days=days)
        LessonPage.objects.filter(pk=lesson.pk).update(first_published_at=at)
    about = ContentType.objects.get_for_model(LessonPage)
    Conversation.objects.create(content_type=about, object_id=made[1].pk, comment_count=4)

    assert titles(client.get("/lessons/")) == ["A", "B", "C"]
    assert titles(client.get("/lessons/?sort=old")) == ["C", "B", "A"]
    assert titles(client.get("/lessons/?sort=talk")) == ["B", "A", "C"]
    assert b"4 comments" in client.get("/lessons/").content


def test_articles_of_one_community_stand_as_a_tree(client, as_):
    community, _ = as_()
    above = make_article(community, "Above")
    make_article(above, "Below")
    make_article(community, "Beside")
    make_article(make_community(), "Elsewhere")

    tree = client.get(f"/wiki/?community={community.pk}").context["tree"]

    assert [(branch.article.title, [one.article.title for one in branch.branches]) for branch in tree] == [
        ("Above", ["Below"]),
        ("Beside", []),
    ]


@pytest.mark.parametrize(
    "address", ["/lessons/", "/lessons/?outcome=success", "/wiki/", "/wiki/?sort=new", "/wiki/?community={}"]
)
def test_lists_cost_the_same_with_one_and_with_thirty(client, as_, address, django_assert_num_queries):
    community, _ = as_()

    def make():
        for page in (
            make_lesson(community, author=make_user(), outcome="success"),
            make_article(community, author=make_user()),
        ):
            page.tags.add("one", "two")
            page.save()

    make()
    address = address.format(community.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(29):
        make()
    with django_assert_num_queries(len(one)):
        response = client.get(address)
    assert response.context["page"].paginator.count == 30


def test_an_empty_list_teaches(client, as_):
    as_()
    assert b"No lessons yet" in client.get("/lessons/").content
    assert "You haven't told a lesson yet" in unescape(client.get("/lessons/?mine=1").content.decode())
    assert b"No articles yet" in client.get("/wiki/").content
