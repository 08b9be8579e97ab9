"""What is written with each change, and read until an index has it."""

import pytest
from django.db import transaction

from factories.people import make_user
from kring.indexing.models import IndexChange
from kring.indexing.outbox import (
    next_batch,
    record_differences,
    rows_waiting,
    settle,
    unsettled,
    waiting,
    waiting_since,
)
from kring.indexing.registry import (
    record_change,
    record_changes,
    register_listener,
    stamps_of,
    unregister_listener,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(db):
    IndexChange.objects.all().delete()


def test_batches_come_in_order_with_each_thing_once(empty):
    record_change("lesson", 2, 1)
    record_change("lesson", 2)
    record_change("person", 2)
    first = next_batch(limit=3)
    assert (first.things, len(first.rows)) == ((("lesson", 2), ("lesson", 1)), 3)
    assert next_batch(after=first.rows[-1]).things == (("person", 2),)


def test_settling_forgets_these_rows_and_no_later_ones(empty):
    record_change("lesson", 1)
    rows = rows_waiting()
    record_change("lesson", 1)
    settle(rows)
    assert waiting() == 1
    assert unsettled(10) == {("lesson", 1)}


def test_many_rows_are_settled_at_once(empty):
    record_changes(("lesson", number) for number in range(1200))
    settle(rows_waiting())
    assert (waiting(), waiting_since()) == (0, None)


def test_a_change_that_is_rolled_back_is_none(empty):
    with transaction.atomic():
        make_user()
        assert waiting() > 0
        transaction.set_rollback(True)
    assert waiting() == 0


def test_listeners_are_told_after_the_commit(empty, django_capture_on_commit_callbacks):
    told = []

    def listen():
        told.append(waiting())

    register_listener(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            record_change("lesson", 1)
            assert told == []
        assert told == [1]
    finally:
        unregister_listener(listen)
    with django_capture_on_commit_callbacks(execute=True):
        record_change("lesson", 1)
    assert told == [1]


def test_a_listener_that_fails_breaks_no_request(empty, django_capture_on_commit_callbacks):
    def listen():
        raise RuntimeError

    register_listener(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            record_change("lesson", 1)
    finally:
        unregister_listener(listen)
    assert waiting() == 1


def test_missing_surplus_and_changed_things_differ(empty):
    same, changed, missing = make_user(), make_user(), make_user()
    IndexChange.objects.all().delete()
    held = stamps_of("person")
    del held[missing.pk]
    held[changed.pk] += 1
    held[10**9] = 1
    assert record_differences("person", held) == 3
    assert unsettled(10) == {("person", pk) for pk in (changed.pk, missing.pk, 10**9)}
    assert record_differences("person", stamps_of("person")) == 0
    assert ("person", same.pk) not in unsettled(10)
