"""The conversation as it is drawn."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories.people import make_user
from kring.conversations.actions import mark_read, post_comment, remove_comment
from kring.conversations.models import Comment, Conversation, ReadMark
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
    first = talk(made)
    assert (len(first.rows), first.window.earlier) == (PAGE_SIZE, None)
    second = talk(made, query={"from": str(first.window.later)})
    assert (len(second.rows), second.window.earlier, second.window.later) == (5, 0, None)
    for query in ({"c": str(last.pk)}, {"c": str(reply.pk)}, {"reply": str(last.pk)}):
        assert last.pk in talk(made, query=query).window.ids
    for query in ({"c": "x"}, {"c": "999999"}, {"c": "9" * 30}, {"reply": "question"}, {"from": "7"}):
        assert talk(made, query=query).window.ids == first.window.ids
    client.force_login(made.who("staff"))
    page = client.get(f"/comments/{reply.pk}/", follow=True).content.decode()
    assert f'id="c{reply.pk}"' in page
    assert "What was said before" in page
    # What was said on the question itself is not repeated.
    assert second.aside == []


def talk_in_time(circle, number):
    made = circle()
    made.question.kind = "discussion"
    made.question.save()
    bulk(made, number, kind="comment")
    return made, list(Comment.objects.order_by("seq").values_list("pk", flat=True))


def test_a_discussion_is_paged_by_what_was_said_and_not_by_numbers(circle):
    made, ids = talk_in_time(circle, PAGE_SIZE * 2 + 10)
    first = talk(made)
    assert (first.window.ids, first.window.later) == (ids[:PAGE_SIZE], ids[PAGE_SIZE])
    second = talk(made, query={"from": str(first.window.later)})
    assert (second.window.ids, second.window.earlier) == (ids[PAGE_SIZE : PAGE_SIZE * 2], 0)
    third = talk(made, query={"from": str(second.window.later)})
    assert (third.window.ids, third.window.earlier) == (ids[PAGE_SIZE * 2 :], ids[PAGE_SIZE])
    assert third.window.later is None


def test_a_link_to_a_comment_shows_a_little_of_what_went_before(circle):
    made, ids = talk_in_time(circle, PAGE_SIZE * 2)
    found = talk(made, query={"c": str(ids[70])})
    assert found.window.ids == ids[65 : 65 + PAGE_SIZE]
    reply = say(made, "asker", parent=Comment.objects.get(pk=ids[70]))
    assert ids[70] in talk(made, query={"c": str(reply.pk)}).window.ids


def test_of_a_long_thread_the_first_replies_come_and_the_rest_for_who_asks(circle):
    made, ids = talk_in_time(circle, 1)
    root = Comment.objects.get(pk=ids[0])
    bulk(made, PAGE_SIZE + 3, kind="comment", parent_id=root.pk)
    rows = {row.comment.pk: row for row in talk(made).rows}
    assert (len(rows[root.pk].replies), rows[root.pk].more) == (PAGE_SIZE, 3)
    opened = {row.comment.pk: row for row in talk(made, query={"thread": str(root.pk)}).rows}
    assert (len(opened[root.pk].replies), opened[root.pk].more) == (PAGE_SIZE + 3, 0)


def test_what_is_new_is_what_others_said_since_one_looked(circle):
    made = circle()
    say(made, "asker")
    reader = made.who("member")
    assert talk(made).unread.count == 0
    mark_read(target=made.question, by=reader, seq=99)
    assert ReadMark.objects.get().seq == 1
    say(made, "asker")
    say(made, "member")
    found = talk(made).unread
    first_new = Comment.objects.get(seq=2)
    assert (found.count, found.first, found.seq) == (1, first_new.pk, 1)
    marked = [row.comment.seq for row in talk(made).aside + talk(made).rows if row.is_new]
    assert marked == [2]
    mark_read(target=made.question, by=reader, seq=2)
    assert talk(made).unread.count == 0
    mark_read(target=made.question, by=reader, seq=1)
    assert ReadMark.objects.get().seq == 2
    with pytest.raises(PermissionDenied):
        mark_read(target=made.question, by=made.who("guest"), seq=2)


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
    # The first look also marks it as read.
    queries()
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
