"""What waits for somebody: replies to them, questions they look after, articles to look at again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_article
from kring.conversations.actions import post_comment
from kring.home.querysets import waiting_for
from kring.notifications.models import Notification
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def look_after(reader, **fields):
    community = make_community("Payroll", **fields)
    make_member(community, reader, role="moderator")
    return community


def test_nothing_waits_for_who_has_done_nothing(reader, mine):
    assert waiting_for(reader) == []


def test_an_answer_to_ones_question_waits_until_it_was_read(reader, mine, django_capture_on_commit_callbacks):
    question = make_discussion(mine, "Which form?", author=reader)
    ruth = make_user("Ruth Adeyemi")
    with django_capture_on_commit_callbacks(execute=True):
        post_comment(target=question, by=ruth, body="<p>The blue one.</p>", kind="answer")
        tell_all()
    (waiting,) = waiting_for(reader)
    assert (waiting.person, waiting.action, waiting.why) == (ruth, "Read it", "In “Which form?”")
    assert "Ruth Adeyemi" in waiting.title
    Notification.objects.update(read_at=timezone.now())
    assert waiting_for(reader) == []


def test_several_about_the_same_thing_are_one(reader, mine, django_capture_on_commit_callbacks):
    question = make_discussion(mine, "Which form?", author=reader)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            post_comment(target=question, by=make_user(), body="<p>Blue.</p>", kind="answer")
        tell_all()
    assert len(waiting_for(reader)) == 1


def test_an_unanswered_question_waits_for_those_who_look_after_the_community(reader, mine):
    payroll = look_after(reader)
    author = make_user("Samuel Osei")
    question = make_discussion(payroll, "When is it paid?", author=author, language="nl")
    make_discussion(payroll, "Done", author=author, state="answered")
    make_discussion(payroll, "Talk", author=author, kind="discussion")
    make_discussion(payroll, "My own", author=reader)
    make_discussion(mine, "Where I am only a member", author=author)
    (waiting,) = waiting_for(reader)
    assert (waiting.title, waiting.person, waiting.language) == ("When is it paid?", author, "nl")
    assert waiting.why == "Nobody has answered this yet in Payroll, which you look after"
    assert waiting.url == question.get_absolute_url()


def test_the_oldest_two_questions_come_first(reader):
    payroll = look_after(reader)
    now = timezone.now()
    for days in (1, 3, 2):
        make_discussion(
            payroll, f"{days} days old", author=make_user(), created_at=now - timedelta(days=days)
        )
    assert [one.title for one in waiting_for(reader)] == ["3 days old", "2 days old"]


def test_ones_articles_wait_from_the_day_that_one_named(reader, mine):
    today = timezone.localdate()
    for title, day in (
        ("Today", today),
        ("Tomorrow", today + timedelta(days=1)),
        ("Before", today - timedelta(days=9)),
    ):
        make_article(mine, title, author=reader, review_on=day)
    make_article(mine, "Another's", author=make_user(), review_on=today)
    make_article(mine, "Unpublished", author=reader, review_on=today, live=False)
    assert [one.title for one in waiting_for(reader)] == [
        "Is “Before” still right?",
        "Is “Today” still right?",
    ]


def test_nothing_waits_from_a_community_that_one_may_no_longer_read(reader):
    closed = look_after(reader, openness="private")
    make_discussion(closed, author=make_user())
    make_article(closed, author=reader, review_on=timezone.localdate())
    assert len(waiting_for(reader)) == 2
    reader.memberships.all().delete()
    assert waiting_for(reader) == []


def test_four_at_most(reader, mine):
    for number in range(6):
        Notification.objects.create(
            recipient=reader, kind="comment", title=f"{number}", url="/", group_key=f"thing:{number}"
        )
    assert len(waiting_for(reader)) == 4
    assert len(waiting_for(reader, limit=2)) == 2
