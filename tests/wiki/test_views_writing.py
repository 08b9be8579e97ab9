from datetime import timedelta

import pytest
from django.utils import timezone

from factories.communities import make_community, make_member
from factories.people import make_user
from factories.wiki import make_article, make_lesson
from wiki.actions import create_article, create_lesson, edit_article
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


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
    for kept in ("kept</textarea>", 'value="one, two"', 'value="Nobody Known"'):
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


def test_an_article_that_is_still_right_is_asked_about_again_in_half_a_year(client, as_):
    community, _ = as_("member")
    today = timezone.localdate()
    article = make_article(community, body="<p>x</p>", review_on=today)
    assert b"It is still right" in client.get(article.get_absolute_url()).content

    assert client.get(f"/pages/{article.pk}/confirm/").status_code == 405
    client.post(f"/pages/{article.pk}/confirm/")

    assert ArticlePage.objects.get().review_on == today + timedelta(days=182)
    assert b"Read it with care." not in client.get(article.get_absolute_url()).content


def test_confirming_wants_the_right_to_edit(client, as_):
    community, _ = as_("stranger", openness="on_request")
    today = timezone.localdate()
    article, lesson = make_article(community, review_on=today), make_lesson(community)
    assert b"It is still right" not in client.get(article.get_absolute_url()).content
    assert client.post(f"/pages/{article.pk}/confirm/").status_code == 403
    assert client.post(f"/pages/{lesson.pk}/confirm/").status_code == 404
    assert ArticlePage.objects.get().review_on == today


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
    assert "mine</textarea>" in html
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
