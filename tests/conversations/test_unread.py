"""What is new to a reader since they last looked."""

import pytest

from factories.people import make_user
from kring.conversations.actions import mark_read, post_comment
from kring.conversations.models import Conversation
from kring.conversations.showing.unread import NOTHING_NEW, unread_of

pytestmark = pytest.mark.django_db


def say(made, times, by):
    return [post_comment(target=made.question, by=by, body="<p>Yes.</p>") for _ in range(times)]


def test_all_that_others_said_since_is_counted(circle):
    made = circle()
    reader = made.who("member")
    _seen, first = say(made, 2, made.who("asker"))
    about = Conversation.objects.get()
    assert unread_of(reader, about) == NOTHING_NEW
    mark_read(target=made.question, by=reader, seq=1)
    for _ in range(6):
        say(made, 19, make_user())
    say(made, 1, reader)
    about.refresh_from_db()
    new = unread_of(reader, about)
    assert (new.count, new.first, new.seq) == (1 + 6 * 19, first.pk, 1)


def test_only_ones_own_words_are_nothing_new(circle):
    made = circle()
    reader = made.who("member")
    say(made, 1, made.who("asker"))
    mark_read(target=made.question, by=reader, seq=1)
    say(made, 3, reader)
    new = unread_of(reader, Conversation.objects.get())
    assert (new.count, new.first, new.seq) == (0, 0, 1)
