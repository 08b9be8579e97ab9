"""The table of facts: who did what, when."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from factories.communities import make_community, make_discussion
from factories.people import make_user
from kring.activity.actions import record
from kring.activity.models import Activity

pytestmark = pytest.mark.django_db


def test_a_fact_says_who_did_what_to_which_thing_when():
    femke, question = make_user(), make_discussion()
    at = timezone.now() - timedelta(days=3)
    made = record(verb="asked", target=question, by=femke, audience="c:12", at=at, words=["a", "b"])
    found = Activity.objects.get(pk=made.pk)
    assert (found.actor, found.verb, found.target, found.audience, found.at) == (
        femke, "asked", question, "c:12", at,
    )  # fmt: skip
    assert found.data == {"words": ["a", "b"]}


def test_without_more_it_was_now_by_nobody_and_for_nobodys_feed():
    before = timezone.now()
    found = record(verb="imported", target=make_discussion())
    assert before <= found.at <= timezone.now()
    assert (found.actor, found.audience, found.data) == (None, "", {})
    assert Activity.objects.for_audience([""]).count() == 0, "the empty token is nobody's"


def test_it_is_written_with_the_change_or_not_at_all():
    question = make_discussion()
    with transaction.atomic():
        record(verb="asked", target=question)
        transaction.set_rollback(True)
    assert Activity.objects.about(question).count() == 0


def test_a_feed_holds_what_its_tokens_let_one_see():
    thing = make_discussion()
    for token in ("c:1", "c:2", "staff", ""):
        record(verb=f"for {token}", target=thing, audience=token)
    verbs = Activity.objects.for_audience(["c:1", "staff"]).values_list("verb", flat=True)
    assert set(verbs) == {"for c:1", "for staff"}
    assert Activity.objects.for_audience([]).count() == 0


def test_facts_about_one_thing_are_not_about_its_namesake():
    """A discussion and a community may have the same number."""
    question, community = make_discussion(), make_community()
    record(verb="asked", target=question)
    record(verb="founded", target=community)
    assert [fact.verb for fact in Activity.objects.about(question)] == ["asked"]


def test_the_latest_stand_first():
    thing, now = make_discussion(), timezone.now()
    for days in (2, 1, 3):
        record(verb=f"{days} days ago", target=thing, at=now - timedelta(days=days))
    found = Activity.objects.about(thing).values_list("verb", flat=True)
    assert list(found) == ["1 days ago", "2 days ago", "3 days ago"]


def test_facts_outlive_who_did_them():
    femke = make_user()
    made = record(verb="asked", target=make_discussion(), by=femke)
    femke.delete()
    made.refresh_from_db()
    assert made.actor is None
