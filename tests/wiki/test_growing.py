"""A lesson or an article that is made of a question and the answer that helped."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions import accept_answer, move_discussion
from communities.models import Discussion
from communities.permissions import forget_roles
from factories.communities import make_community, make_member
from kring.conversations.actions import post_comment
from kring.notifications.models import Notification
from wiki.actions import create_lesson
from wiki.models import ArticlePage, LessonPage

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def make_solved(made, who="member"):
    """An answer by this one that helped, and another by the lead that did not."""
    post_comment(target=made.question, by=made.who("lead"), body="<p>No idea.</p>", kind="answer")
    given = post_comment(
        target=made.question, by=made.who(who), body="<p>Keep <strong>them</strong>.</p>", kind="answer"
    )
    accept_answer(discussion=made.question, by=made.who("asker"), answer=given)
    made.question.tags.add("numbers")
    return given


def published(made, **more):
    return create_lesson(
        by=made.who("moderator"),
        parent=made.community,
        title="Old numbers stay",
        happened="<p>x</p>",
        authors=[made.who("asker"), made.who("member")],
        grown_from=Discussion.objects.get(pk=made.question.pk),
        **more,
    )


def sent(made, **more):
    return {
        "title": "Old numbers stay",
        "community": made.number,
        "happened": "Somebody asked.",
        "learned": "Keep them.",
        "author_names_0": "Anouk Peeters",
        "author_names_1": "member",
        "language": "en",
        **more,
    }


@pytest.mark.parametrize(("kind", "name"), [("lessons", "lesson"), ("wiki", "article")])
def test_a_solved_question_offers_it_to_those_who_may_write_there(client, circle, kind, name):
    made = circle("on_request")
    address = f"/{kind}/new/?question={made.question.pk}"
    client.force_login(made.who("member"))
    assert address not in text(client.get(made.question.get_absolute_url()))
    assert client.get(address).status_code == 404
    make_solved(made)
    assert f'href="{address}"' in text(client.get(made.question.get_absolute_url()))
    for who, status in (("member", 200), ("staff", 403), ("reader of everything", 403), ("guest", 404)):
        client.force_login(made.who(who))
        assert client.get(address).status_code == status
    client.force_login(made.who("staff"))
    assert f"Make it a{'n' if name == 'article' else ''} {name}" not in text(
        client.get(made.question.get_absolute_url())
    )
    for wrong in ("x", "0", "9" * 30):
        assert client.get(f"/{kind}/new/?question={wrong}").status_code == 404


def test_the_form_begins_with_what_was_asked_and_answered(client, circle):
    made = circle("private")
    make_solved(made)
    make_member(make_community("Other"), made.who("lead"))
    client.force_login(made.who("lead"))
    response = client.get(f"/lessons/new/?question={made.question.pk}")
    form = response.context["form"]
    values = {
        name: form[name].value() for name in ("title", "happened", "learned", "author_names", "tag_words")
    }
    assert values == {
        "title": "May we keep the old numbers?",
        "happened": "<p>Well?</p>",
        "learned": "<p>Keep <strong>them</strong>.</p>",
        "author_names": ["Anouk Peeters", "member"],
        "tag_words": "numbers",
    }
    assert list(form.fields["community"].queryset) == [made.community]
    assert "Nothing is published before you press the button" in text(response)
    article = client.get(f"/wiki/new/?question={made.question.pk}").context["form"]
    assert article["body"].value() == "<p>Well?</p><p>Keep <strong>them</strong>.</p>"
    assert LessonPage.objects.count() == ArticlePage.objects.count() == 0


def test_who_asked_anonymously_is_no_author(client, circle):
    made = circle()
    make_solved(made)
    Discussion.objects.filter(pk=made.question.pk).update(author=None, is_anonymous=True)
    client.force_login(made.who("lead"))
    response = client.get(f"/lessons/new/?question={made.question.pk}")
    assert response.context["form"]["author_names"].value() == ["member"]


def test_when_it_is_published_the_question_says_so_and_its_people_are_told(client, circle):
    made = circle()
    make_solved(made)
    Notification.objects.all().delete()
    client.force_login(made.who("moderator"))
    assert client.post(f"/lessons/new/?question={made.question.pk}", sent(made)).status_code == 302
    lesson = LessonPage.objects.get()
    assert lesson.grown_from == made.question
    assert {user.name for user in lesson.authors.all()} == {"Anouk Peeters", "member"}
    told = Notification.objects.order_by("recipient__name").values_list("recipient__name", "kind")
    assert list(told) == [
        ("Anouk Peeters", "wiki.named"),
        ("lead", "wiki.published"),
        ("member", "wiki.named"),
    ]
    page = text(client.get(made.question.get_absolute_url()))
    assert f'Became a lesson: <a href="{lesson.get_absolute_url()}" lang="en">Old numbers stay</a>' in page
    assert ("Make it a lesson" in page, "Make it an article" in page) == (False, True)
    assert made.question.get_absolute_url() in text(client.get(lesson.get_absolute_url()))


def test_who_took_part_without_being_named_is_told_too(circle):
    made = circle()
    make_solved(made)
    post_comment(target=made.question, by=made.who("staff"), body="<p>Me too.</p>")
    published(made)
    row = Notification.objects.get(recipient=made.who("staff"))
    assert row.kind == "wiki.grown"
    assert row.sentence == "moderator made a lesson of a question you took part in"


def test_it_stands_where_the_question_does(client, circle):
    made = circle("private")
    make_solved(made)
    other = make_community("Other")
    client.force_login(made.who("lead"))
    refused = client.post(f"/lessons/new/?question={made.question.pk}", sent(made, community=other.pk))
    assert refused.status_code == 400
    with pytest.raises(PermissionDenied):
        create_lesson(
            by=made.who("lead"), parent=other, title="x", happened="<p>x</p>", grown_from=made.question
        )
    assert LessonPage.objects.count() == 0


def test_a_question_that_moved_away_is_named_to_its_readers_alone(client, circle):
    made = circle()
    make_solved(made)
    lesson = published(made)
    away = make_community("Away", openness="private")
    make_member(away, made.who("moderator"), role="moderator")
    forget_roles(made.who("moderator"))
    move_discussion(discussion=made.question, to=away, by=made.who("moderator"))
    for who, shown in (("moderator", True), ("staff", False)):
        client.force_login(made.who(who))
        assert (made.question.title in text(client.get(lesson.get_absolute_url()))) is shown


def test_outsiders_keep_their_name_and_licence(circle):
    made = circle()
    given = make_solved(made)
    given.user, given.user_name, given.source_url, given.licence = None, "J. Doe", "https://e.org/a", "CC BY"
    given.save()
    asker = {"name": "A. Nother", "url": "https://e.org/q", "licence": "CC BY"}
    Discussion.objects.filter(pk=made.question.pk).update(author=None, attribution=asker)
    lesson = LessonPage.objects.get(pk=published(made).pk)
    assert lesson.attributions == [asker, {"name": "J. Doe", "url": "https://e.org/a", "licence": "CC BY"}]


def test_later_versions_keep_where_it_came_from(client, circle):
    made = circle()
    make_solved(made)
    lesson = published(made)
    client.force_login(made.who("moderator"))
    changed = sent(
        made, title="Better", seen_revision=LessonPage.objects.get(pk=lesson.pk).latest_revision_id
    )
    assert client.post(f"/pages/{lesson.pk}/edit/", changed).status_code == 302
    found = LessonPage.objects.get(pk=lesson.pk)
    assert (found.title, found.grown_from) == ("Better", made.question)
