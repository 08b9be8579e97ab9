"""Telling people of what was said, a moment later and of several at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from factories.communities import make_member
from factories.people import make_user
from kring.conversations.actions import post_comment, remove_comment
from kring.conversations.actions.telling_later import tell_left_over, tell_waiting
from kring.conversations.models import Comment, Conversation, Telling
from kring.notifications.models import Notification

pytestmark = pytest.mark.django_db


def say(made, who, **more):
    return post_comment(target=made.question, by=made.who(who), body="<p>Well.</p>", **more)


def queued():
    wanted = DBTaskResult.objects.filter(task_path=tell_waiting.module_path)
    return [row.args_kwargs["args"] for row in wanted]


def told(user):
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def talk():
    return Conversation.objects.get().pk


def test_one_task_tells_of_all_that_is_said_before_it_runs(circle):
    made = circle()
    for who in ("member", "staff", "member"):
        say(made, who)
    assert queued() == [[talk()]]
    assert Notification.objects.count() == 0
    assert tell_waiting.call(talk()) == 3
    # The asker of each; who took part of the first thing that others said after them.
    assert told(made.who("asker")) == ["comment.own"] * 3
    assert told(made.who("member")) == ["comment.other"]
    assert told(made.who("staff")) == ["comment.other"]
    assert Telling.objects.count() == 0
    say(made, "staff")
    assert queued() == [[talk()]] * 2


def test_the_task_waits_a_moment_so_that_more_may_come(circle):
    before = timezone.now()
    say(circle(), "member")
    due = DBTaskResult.objects.get(task_path=tell_waiting.module_path).run_after
    assert timedelta(seconds=1) <= due - before < timedelta(seconds=30)


def test_what_was_taken_away_meanwhile_is_told_to_nobody(circle):
    made = circle()
    remove_comment(comment=say(made, "member"), by=made.who("member"))
    assert tell_waiting.call(talk()) == 0
    assert (Notification.objects.count(), Telling.objects.count()) == (0, 0)


def test_what_a_process_that_died_left_is_told_once(circle):
    made = circle()
    said = say(made, "member")
    # It told people, and died before it said so.
    tell_waiting.call(talk())
    Telling.objects.create(comment=said)
    say(made, "member")
    Telling.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert tell_left_over.call() == 2
    assert told(made.who("asker")) == ["comment.own"] * 2
    say(made, "member")
    assert tell_left_over.call() == 0


def test_a_reply_is_told_to_whom_it_answers_though_it_stands_below_another(circle):
    made = circle()
    root = say(made, "member", kind="answer")
    reply = say(made, "staff", parent=root)
    say(made, "lead", parent=reply)
    tell_waiting.call(talk())
    assert told(made.who("staff")) == ["comment.reply"]
    assert told(made.who("member")) == ["comment.reply", "comment.other"]


def test_the_thing_may_be_gone_by_then(circle):
    made = circle()
    number = say(made, "member").conversation_id
    made.question.delete()
    assert tell_waiting.call(number) == 0
    assert (Comment.objects.count(), Telling.objects.count()) == (0, 0)


def test_who_joined_between_two_comments_is_told_of_later_ones_only(circle):
    made = circle()
    loud = make_member(made.community, make_user("Loud")).user
    say(made, "member")
    post_comment(target=made.question, by=loud, body="<p>Hm.</p>")
    tell_waiting.call(talk())
    assert told(loud) == []
    say(made, "member")
    tell_waiting.call(talk())
    assert told(loud) == ["comment.other"]
