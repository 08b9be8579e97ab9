from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from factories.communities import make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.activity.models import Activity
from kring.conversations.actions import (
    ClosedError,
    EmptyError,
    TooManyError,
    TooSoonError,
    edit_comment,
    lock_conversation,
    post_comment,
    remove_comment,
)
from kring.conversations.actions.pace import RATE_LIMIT
from kring.conversations.models import Comment, Conversation
from kring.notifications.models import Notification
from support.telling import forget_told, tell_all

pytestmark = pytest.mark.django_db


def say(made, who="member", body="<p>Yes.</p>", **more):
    return post_comment(target=made.question, by=made.who(who), body=body, **more)


def counted():
    return Conversation.objects.values_list("seq", "comment_count").get()


def told():
    tell_all()
    rows = Notification.objects.select_related("recipient")
    return sorted((row.recipient.name, row.kind, row.data["reason"]) for row in rows)


def test_a_comment_is_kept_with_its_plain_text_and_counted(circle):
    made = circle()
    said = say(made, body='<p onclick="x()">Yes, <b>until May</b>.</p>', kind="answer")
    said = Comment.objects.get(pk=said.pk)
    assert said.body == "<p>Yes, <strong>until May</strong>.</p>"
    assert said.comment == "Yes, until May."
    assert (said.kind, said.user, said.seq, said.level) == ("answer", made.who("member"), 1, 0)
    assert said.get_absolute_url() == f"{made.question.get_absolute_url()}?c={said.pk}#c{said.pk}"
    (fact,) = Activity.objects.about(said)
    assert (fact.verb, fact.audience) == ("answered", made.community.audience)
    assert counted() == (1, 1)


def test_a_reply_to_a_reply_stands_under_the_same_comment(circle):
    made = circle()
    root = say(made, kind="answer")
    reply = say(made, "staff", parent=root)
    deeper = say(made, "asker", parent=reply, kind="answer")
    assert [(one.level, one.thread_id, one.parent_id) for one in (reply, deeper)] == [
        (1, root.pk, root.pk),
        (1, root.pk, root.pk),
    ]
    # Below an answer stand comments.
    assert (reply.kind, deeper.kind) == ("comment", "comment")
    assert counted() == (3, 3)


def test_only_questions_are_answered(circle):
    made = circle()
    lesson = make_lesson(made.community)
    assert (
        post_comment(target=lesson, by=made.who("member"), body="<p>x</p>", kind="answer").kind == "comment"
    )


@pytest.mark.parametrize(
    ("openness", "who"),
    [("on_request", "staff"), ("private", "staff"), ("open", "guest"), ("open", "signed out")],
)
def test_who_may_not_post_says_nothing(circle, openness, who):
    made = circle(openness)
    with pytest.raises(PermissionDenied):
        say(made, who)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("body", ["", "   ", "<p></p>", "<p>&nbsp;</p>", "<script>x</script>"])
def test_nothing_is_not_posted(circle, body):
    with pytest.raises(EmptyError):
        say(circle(), body=body)


def test_one_changes_ones_own_words_only(circle):
    made = circle()
    said = say(made)
    for who in ("moderator", "administrator", "staff"):
        with pytest.raises(PermissionDenied):
            edit_comment(comment=said, by=made.who(who), body="<p>No.</p>")
    assert edit_comment(comment=said, by=made.who("member"), body="<p>Yes.</p>").edited_at is None
    changed = edit_comment(comment=said, by=made.who("member"), body="<p>No.</p>")
    changed = Comment.objects.get(pk=changed.pk)
    assert (changed.body, changed.comment) == ("<p>No.</p>", "No.")
    assert changed.edited_at is not None
    assert counted() == (2, 1)
    with pytest.raises(EmptyError):
        edit_comment(comment=said, by=made.who("member"), body="<p></p>")
    remove_comment(comment=said, by=made.who("moderator"))
    with pytest.raises(PermissionDenied):
        edit_comment(comment=said, by=made.who("member"), body="<p>Again.</p>")


def test_removing_ones_own_takes_the_text_a_moderator_keeps_it_for_the_record(circle):
    made = circle()
    own, others = say(made), say(made, "asker")
    with pytest.raises(PermissionDenied):
        remove_comment(comment=others, by=made.who("member"))
    for _ in range(2):
        remove_comment(comment=own, by=made.who("member"))
        remove_comment(comment=others, by=made.who("moderator"))
    own, others = Comment.objects.get(pk=own.pk), Comment.objects.get(pk=others.pk)
    assert (own.is_removed, own.body, own.comment) == (True, "", "")
    assert (others.is_removed, others.body) == (True, "<p>Yes.</p>")
    assert counted() == (4, 0)
    assert [fact.verb for fact in Activity.objects.about(others)].count("removed") == 1


def test_who_may_no_longer_post_can_still_take_back_what_they_said(circle):
    made = circle("on_request")
    said = say(made)
    made.who("member").memberships.all().delete()
    member = type(made.who("member")).objects.get(pk=made.who("member").pk)
    with pytest.raises(PermissionDenied):
        edit_comment(comment=said, by=member, body="<p>No.</p>")
    assert remove_comment(comment=said, by=member).is_removed


def test_what_was_removed_is_not_replied_to(circle):
    made = circle()
    root = say(made)
    reply = say(made, "staff", parent=root)
    remove_comment(comment=reply, by=made.who("staff"))
    with pytest.raises(ClosedError):
        say(made, "asker", parent=Comment.objects.get(pk=reply.pk))
    assert say(made, "asker", parent=root).thread_id == root.pk


def test_a_closed_conversation_takes_nothing_more(circle):
    made = circle()
    said = say(made)
    with pytest.raises(PermissionDenied):
        lock_conversation(target=made.question, by=made.who("member"), locked=True)
    lock_conversation(target=made.question, by=made.who("moderator"), locked=True)
    for who in ("member", "moderator"):
        with pytest.raises(ClosedError):
            say(made, who)
    with pytest.raises(PermissionDenied):
        edit_comment(comment=said, by=made.who("member"), body="<p>No.</p>")
    lock_conversation(target=made.question, by=made.who("moderator"), locked=False)
    assert say(made).seq == 4


def test_slow_mode_makes_everybody_wait_but_moderators(circle):
    made = circle()
    lock_conversation(target=made.question, by=made.who("lead"), locked=False, slow_mode_seconds=300)
    first = say(made)
    with pytest.raises(TooSoonError, match="5 minutes"):
        say(made)
    say(made, "moderator")
    say(made, "moderator")
    Comment.objects.filter(pk=first.pk).update(submit_date=timezone.now() - timedelta(seconds=301))
    assert say(made).seq == 5


def test_nobody_posts_more_than_somebody_who_talks(circle):
    made = circle()
    for _ in range(RATE_LIMIT):
        say(made)
    with pytest.raises(TooManyError):
        say(made)
    Comment.objects.update(submit_date=timezone.now() - timedelta(minutes=6))
    say(made)


def test_what_is_said_goes_with_what_it_is_about(circle):
    made = circle()
    say(made, "staff", parent=say(made))
    lesson = make_lesson(made.community)
    kept = post_comment(target=lesson, by=made.who("member"), body="<p>x</p>")
    made.question.delete()
    assert list(Comment.objects.all()) == [kept]
    assert Conversation.objects.count() == 1
    made.community.delete()
    assert not Comment.objects.exists()
    assert not Conversation.objects.exists()


def test_each_hears_it_once_for_what_concerns_them_most(circle):
    made = circle()
    root = say(made, "lead", kind="answer")
    say(made, "staff", kind="answer")
    forget_told()

    say(made, "asker", parent=root)
    assert told() == [("lead", "comment.reply", "author")]
    forget_told()
    say(made, "member", parent=root)
    assert told() == [("Anouk Peeters", "comment.own", "asked"), ("lead", "comment.reply", "author")]
    forget_told()
    say(made, "moderator", kind="answer")
    assert told() == [
        ("Anouk Peeters", "comment.own", "asked"),
        ("lead", "comment.other", "joined_in"),
        ("member", "comment.other", "joined_in"),
        ("staff", "comment.other", "joined_in"),
    ]


def test_the_authors_of_a_lesson_hear_what_is_said_of_it(circle):
    made = circle("private")
    author = make_member(made.community, make_user("Author")).user
    lesson = make_lesson(made.community, "The lift", author=author)
    lesson.authors.add(make_user("Outsider"))
    lesson.save()

    post_comment(target=lesson, by=made.who("member"), body="<p>Here too.</p>")

    assert told() == [("Author", "comment.own", "author")]
    row = Notification.objects.get()
    assert (row.title, row.audience) == ("The lift", made.community.audience)
    assert row.url.startswith(lesson.get_absolute_url())


def test_a_removed_comment_no_longer_counts_as_taking_part(circle):
    made = circle()
    remove_comment(comment=say(made, "staff"), by=made.who("staff"))
    forget_told()
    say(made)
    assert told() == [("Anouk Peeters", "comment.own", "asked")]
