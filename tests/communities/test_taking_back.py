"""Whoever began something takes it back while nothing of others hangs on it."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions import start_discussion, take_back_discussion
from communities.models import Discussion
from factories.communities import make_discussion
from kring.conversations.actions import post_comment, report_thing
from kring.conversations.models import Report
from kring.indexing.models import IndexChange
from kring.indexing.registry import searchables
from kring.notifications.models import Notification
from support.telling import tell_all

pytestmark = pytest.mark.django_db


def address(discussion):
    return f"/discussions/{discussion.pk}/take-back/"


def test_a_question_that_nobody_answered_is_taken_back(circle, client):
    made = circle()
    asked = make_discussion(made.community, "Which form?", author=made.who("member"))
    report_thing(thing=asked, by=made.who("asker"), reason="other")
    IndexChange.objects.all().delete()
    client.force_login(made.who("member"))
    assert address(asked) in client.get(asked.get_absolute_url()).content.decode()
    assert "This cannot be undone." in client.get(address(asked)).content.decode()
    assert client.post(address(asked)).status_code == 302
    assert client.get(asked.get_absolute_url()).status_code == 404
    assert client.post(address(asked)).status_code == 404
    assert Report.objects.get().state == "upheld"
    assert IndexChange.objects.exists()
    assert list(searchables()["question"].documents([asked.pk])) == []


def test_whoever_waits_for_a_moderator_can_take_it_back_too(circle):
    made = circle()
    asked = make_discussion(made.community, "See this", author=made.who("member"))
    Discussion.objects.filter(pk=asked.pk).update(held_for="links", is_unseen=True)
    take_back_discussion(discussion=asked, by=made.who("member"))
    assert Discussion.objects.get(pk=asked.pk).removed_at is not None


def test_an_anonymous_asker_takes_it_back_without_a_trace(circle):
    made = circle(allows_anonymous=True)
    asked = start_discussion(
        by=made.who("member"), community=made.community, kind="question", title="May I?", anonymous=True
    )
    tell_all()
    take_back_discussion(discussion=asked, by=made.who("member"))
    assert Discussion.objects.get(pk=asked.pk).removed_at is not None
    assert set(Notification.objects.values_list("audience", flat=True)) <= {f"gone:{asked.pk}"}


def test_what_somebody_has_said_something_in_stays(circle, client):
    made = circle()
    post_comment(target=made.question, by=made.who("member"), body="<p>Yes.</p>")
    asker = made.question.author
    client.force_login(asker)
    assert address(made.question) not in client.get(made.question.get_absolute_url()).content.decode()
    assert client.post(address(made.question)).status_code == 403
    with pytest.raises(PermissionDenied):
        take_back_discussion(discussion=made.question, by=asker)
    assert Discussion.objects.get(pk=made.question.pk).removed_at is None


def test_nobody_takes_back_what_another_began(circle):
    made = circle()
    for who in ("member", "moderator", "lead"):
        with pytest.raises(PermissionDenied):
            take_back_discussion(discussion=made.question, by=made.who(who))
