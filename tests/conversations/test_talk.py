"""The conversation as it is drawn."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories.people import make_user
from kring.conversations.actions import post_comment, remove_comment
from kring.conversations.models import Comment, Conversation
from kring.conversations.templatetags.conversations import PAGE_SIZE, Talk

pytestmark = pytest.mark.django_db


def say(made, who="member", body="<p>Yes.</p>", **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


def talk(made, who="member", query=None, accepted=()):
    return Talk(made.question, made.who(who), query or {}, accepted)


def bulk(made, number, *, kind="answer", **more):
    """Rows as an import makes them: quick, each by somebody else."""
    about, _made = Conversation.objects.get_or_create(
        content_type=say(made).content_type, object_id=made.question.pk
    )
    for _ in range(number):
        about.seq += 1
        about.comment_count += 1
        Comment(
            content_type=about.content_type,
            object_pk=str(made.question.pk),
            site_id=1,
            conversation=about,
            user=make_user(),
            kind=kind,
            body="<p>Something.</p>",
            seq=about.seq + 1000,
            submit_date=timezone.now(),
            **more,
        ).save()
    about.save()


def test_the_answer_that_helped_stands_first_then_by_votes_then_by_time(circle):
    made = circle()
    old, new, voted, helped = [say(made, kind="answer") for _ in range(4)]
    Comment.objects.filter(pk=voted.pk).update(score=3)
    shown = talk(made, accepted=[helped.pk])
    assert [row.comment for row in shown.rows] == [helped, voted, old, new]
    assert [row.accepted for row in shown.rows] == [True, False, False, False]


def test_comments_on_the_question_stand_apart_from_the_answers(circle):
    made = circle()
    comment, answer = say(made), say(made, kind="answer")
    reply = say(made, "asker", parent=answer)
    shown = talk(made)
    assert [row.comment for row in shown.aside] == [comment]
    assert [row.comment for row in shown.rows] == [answer]
    assert [row.comment for row in shown.rows[0].replies] == [reply]
    assert shown.rows[0].replies[0].wrote_it
    assert (shown.count, shown.answer_count) == (3, 1)


def test_a_removed_comment_leaves_a_line_where_somebody_replied(client, circle):
    made = circle()
    answered, alone = say(made, body="<p>Mistaken.</p>", kind="answer"), say(made, kind="answer")
    reply = say(made, "asker", body="<p>Why?</p>", parent=answered)
    for one in (answered, alone):
        remove_comment(comment=one, by=made.who("moderator"))

    shown = talk(made, "moderator")
    assert [row.comment for row in shown.rows] == [answered]
    assert shown.answer_count == 0
    row = shown.rows[0]
    assert (row.may_edit, row.may_remove, row.form) == (False, False, None)
    client.force_login(made.who("staff"))
    page = client.get(made.question.get_absolute_url()).content.decode()
    assert "This was removed." in page
    assert "Mistaken." not in page
    assert "Why?" in page

    remove_comment(comment=reply, by=made.who("asker"))
    assert talk(made).rows == []


def test_buttons_stand_only_where_they_work(circle):
    made = circle("on_request")
    own = say(made)
    rights = {}
    for who in ("member", "asker", "moderator", "staff", "administrator"):
        shown = talk(made, who)
        row = shown.aside[0]
        rights[who] = (
            row.may_edit,
            row.may_remove,
            shown.may_post,
            bool(shown.pace_url),
            bool(shown.why_not),
        )
    assert rights == {
        "member": (True, True, True, False, False),
        "asker": (False, False, True, False, False),
        "moderator": (False, True, True, True, False),
        "staff": (False, False, False, False, True),
        "administrator": (False, True, True, True, False),
    }
    made.who("member").memberships.all().delete()
    fresh = type(own.user).objects.get(pk=own.user.pk)
    row = Talk(made.question, fresh, {}, ()).aside[0]
    assert (row.may_edit, row.may_remove) == (False, True)


def test_a_long_conversation_has_pages_and_each_comment_is_found_on_its_own(client, circle):
    made = circle()
    bulk(made, PAGE_SIZE + 5)
    last = Comment.objects.filter(kind="answer").order_by("pk").last()
    reply = say(made, "asker", parent=last)
    assert len(talk(made).rows) == PAGE_SIZE
    assert len(talk(made, query={"talk": "2"}).rows) == 5
    assert talk(made, query={"talk": "99"}).page.number == 2
    for query in ({"c": str(last.pk)}, {"c": str(reply.pk)}, {"reply": str(last.pk)}):
        assert talk(made, query=query).page.number == 2
    for query in ({"c": "x"}, {"c": "999999"}, {"c": "9" * 30}, {"reply": "question"}):
        assert talk(made, query=query).page.number == 1
    client.force_login(made.who("staff"))
    page = client.get(f"/comments/{reply.pk}/", follow=True).content.decode()
    assert f'id="c{reply.pk}"' in page
    assert "Page 2 of 2" in page
    # What was said on the question itself is not repeated.
    assert talk(made, query={"talk": "2"}).aside == []


def test_two_hundred_comments_cost_as_many_queries_as_two(client, circle):
    made = circle()
    client.force_login(made.who("staff"))

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(made.question.get_absolute_url()).status_code == 200
        return len(found)

    first = say(made, kind="answer")
    say(made, "asker", parent=first)
    bulk(made, 1, kind="comment")
    bulk(made, 2)
    queries()
    few = queries()
    bulk(made, 100, parent_id=first.pk)
    bulk(made, 100)
    assert Conversation.objects.get().comment_count > 200
    assert queries() == few


def test_an_imported_author_is_named_and_linked_only_with_a_safe_address(client, circle):
    made = circle()
    said = say(made, kind="answer")
    fields = {"user": None, "user_name": "J. <Doe>", "licence": "CC BY-SA 4.0", "score": 7}
    Comment.objects.filter(pk=said.pk).update(source_url="https://example.org/a/1", **fields)
    client.force_login(made.who("staff"))

    def page():
        return client.get(made.question.get_absolute_url()).content.decode()

    assert '<a href="https://example.org/a/1" rel="noopener external nofollow">J. &lt;Doe&gt;</a>' in page()
    assert "CC BY-SA 4.0" in page()
    assert "7 votes" in page()
    Comment.objects.filter(pk=said.pk).update(source_url="javascript:alert(1)")
    assert "javascript:" not in page()
    Comment.objects.filter(pk=said.pk).update(user_name="")
    assert "A former colleague" in page()


def test_nothing_is_said_yet(client, circle):
    made = circle()
    client.force_login(made.who("staff"))
    page = client.get(made.question.get_absolute_url()).content.decode()
    assert "Nobody has answered yet." in page
    assert talk(made).rows == []
    assert not Conversation.objects.exists()
