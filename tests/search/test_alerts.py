"""Telling what is new in a saved search: of what one may read, once, and not of one's own."""

import pytest
from django.core import mail
from django.utils import timezone

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.conversations.actions import post_comment
from kring.notifications.actions import send_notification_emails, unsubscribe
from kring.notifications.models import Notification
from search.actions.alerting import tell_what_is_new
from search.actions.saving import save_search
from search.forms import Asked
from search.models import SavedSearch
from support.indexing import index_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(site_engine, root):
    """On each engine."""


@pytest.fixture
def buying():
    return make_community("Buying", language="en")


@pytest.fixture
def reader(buying):
    user = make_user("Reader", language="en")
    make_lesson(buying, "We moved our suppliers", language="en")
    index_all()
    return user


def look():
    index_all()
    return tell_what_is_new(timezone.now())


def told(user):
    return [(row.kind, row.sentence, row.url) for row in Notification.objects.filter(recipient=user)]


def test_what_is_new_is_told_once(reader, buying):
    saved = save_search(asked=Asked("suppliers"), by=reader, name="Mine", alert="new")
    assert look() == 0
    make_lesson(buying, "Suppliers again", language="en")
    make_discussion(buying, "Which suppliers?", language="en")
    assert (look(), look()) == (1, 0)
    sentence = "2 new results for a search of yours"
    assert told(reader) == [("search.new", sentence, "/search/?q=suppliers&sort=newest")]
    assert Notification.objects.get().title == "Mine"
    saved.refresh_from_db()
    assert len(saved.seen) == 3


def test_what_is_not_read_yet_is_not_told_twice_and_comes_with_the_next(reader, buying):
    save_search(asked=Asked("suppliers"), by=reader, name="Mine", alert="new")
    for title in ("Suppliers two", "Suppliers three"):
        make_lesson(buying, title, language="en")
        look()
    assert len(told(reader)) == 1
    Notification.objects.update(read_at=timezone.now())
    assert look() == 1
    assert "1 new result for a search of yours" in [sentence for _kind, sentence, _url in told(reader)]


def test_who_wants_to_hear_nothing_does_not(reader, buying):
    save_search(asked=Asked("suppliers"), by=reader)
    make_lesson(buying, "Suppliers again", language="en")
    assert (look(), told(reader)) == (0, [])


def test_ones_own_is_no_news(reader, buying):
    save_search(asked=Asked("suppliers"), by=reader, alert="new")
    make_lesson(buying, "Suppliers by me", author=reader, language="en")
    assert look() == 0


def test_what_one_may_not_read_is_never_told_and_comes_once_one_may(reader):
    closed = make_community("Closed", openness="private", language="en")
    save_search(asked=Asked("suppliers"), by=reader, name="Mine", alert="new")
    make_lesson(closed, "Suppliers in secret", language="en")
    assert look() == 0
    make_member(closed, reader)
    assert look() == 1


def test_a_search_in_a_community_that_one_left_tells_nothing_of_elsewhere(reader, buying):
    closed = make_community("Closed", openness="private", language="en")
    membership = make_member(closed, reader)
    save_search(asked=Asked("suppliers", communities=(str(closed.pk),)), by=reader, alert="new")
    membership.delete()
    make_lesson(closed, "Suppliers in secret", language="en")
    make_lesson(buying, "Suppliers again", language="en")
    assert look() == 0


def test_an_answer_is_told_once_and_a_question_alone_is_none(reader, buying):
    saved = save_search(asked=Asked("helicopter landing"), by=reader, alert="first")
    asker = make_user()
    question = make_discussion(buying, "Who knows helicopter landing?", author=asker, language="en")
    assert look() == 0
    post_comment(target=question, by=make_user(), body="<p>Tom does.</p>", kind="answer")
    assert look() == 1
    assert told(reader) == [
        (
            "search.first",
            "There is an answer to a search of yours",
            "/search/?q=helicopter+landing",
        )
    ]
    saved.refresh_from_db()
    assert saved.alert == SavedSearch.Alert.NONE
    make_lesson(buying, "Helicopter landing", language="en")
    assert look() == 0


def test_what_only_comes_close_is_no_answer(reader, buying):
    save_search(asked=Asked("suppliers helicopter"), by=reader, alert="first")
    make_lesson(buying, "Suppliers again", language="en")
    assert look() == 0


def test_who_closed_their_account_is_told_nothing(reader, buying):
    save_search(asked=Asked("suppliers"), by=reader, alert="new")
    reader.is_active = False
    reader.save()
    make_lesson(buying, "Suppliers again", language="en")
    assert (look(), told(reader)) == (0, [])


def test_without_an_index_it_waits(reader, buying, settings, tmp_path):
    save_search(asked=Asked("suppliers"), by=reader, alert="new")
    make_lesson(buying, "Suppliers again", language="en")
    here = settings.INDEX_DIR, settings.MEILISEARCH_PREFIX
    settings.INDEX_DIR, settings.MEILISEARCH_PREFIX = tmp_path / "nowhere", "nowhere"
    assert tell_what_is_new(timezone.now()) == 0
    settings.INDEX_DIR, settings.MEILISEARCH_PREFIX = here
    assert look() == 1


def test_it_is_mailed_until_one_click_stops_it(reader, buying):
    save_search(asked=Asked("suppliers"), by=reader, name="Mine", alert="new")
    make_lesson(buying, "Suppliers again", language="en")
    index_all()
    tell_what_is_new(timezone.now())
    send_notification_emails.call([row.pk for row in Notification.objects.all()])
    assert [message.subject for message in mail.outbox] == ["1 new result for a search of yours: Mine"]
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers
    unsubscribe(by=reader, groups=["search.saved"])
    Notification.objects.update(read_at=timezone.now())
    make_lesson(buying, "Suppliers once more", language="en")
    assert look() == 1
    send_notification_emails.call([row.pk for row in Notification.objects.filter(emailed_at=None)])
    assert len(mail.outbox) == 1
