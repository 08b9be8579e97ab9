"""What a worker does with one task."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kring.worker.leases import claim, fail, reap, succeed
from kring.worker.models import PeriodicRun, TaskLease
from kring.worker.registry import Policy
from kring.worker.running import Worker
from support.tasks import always_fails, fails_once, returns_a_set, says_attempt, stamp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_else_is_due():
    from kring.worker.registry import periodic_tasks

    later = timezone.now() + timedelta(days=1)
    PeriodicRun.objects.bulk_create(PeriodicRun(name=job.name, due_at=later) for job in periodic_tasks())


def row_of(queued) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=queued.id)


def come_due(queued) -> None:
    DBTaskResult.objects.filter(pk=queued.id).update(run_after=timezone.now())


def test_a_task_is_done_and_its_lease_given_up(tmp_path):
    queued = stamp.enqueue(str(tmp_path), "a")
    worker = Worker()
    assert (worker.turn(), worker.turn()) == (True, False)
    row = row_of(queued)
    assert (row.status, row.return_value, row.worker_ids) == ("SUCCESSFUL", "a", [worker.worker_id])
    assert TaskLease.objects.count() == 0


def test_a_failed_task_waits_and_is_tried_again(tmp_path):
    queued = fails_once.enqueue(str(tmp_path))
    worker = Worker()
    worker.turn()
    row = row_of(queued)
    wait = (row.run_after - timezone.now()).total_seconds()
    assert (row.status, row.exception_class_path, row.finished_at) == ("READY", "builtins.ValueError", None)
    assert 7 < wait <= 12
    assert worker.turn() is False
    come_due(queued)
    assert worker.turn() is True
    row = row_of(queued)
    assert (row.status, row.return_value, row.traceback) == ("SUCCESSFUL", "sent", "")


def test_after_the_last_attempt_it_stays_failed(tmp_path):
    queued = always_fails.enqueue(str(tmp_path))
    worker = Worker()
    for _ in range(3):
        come_due(queued)
        assert worker.turn() is True
    come_due(queued)
    assert worker.turn() is False
    row = row_of(queued)
    assert (row.status, len(row.worker_ids)) == ("FAILED", 3)
    assert "the mail server is away" in row.traceback


def test_an_outcome_that_cannot_be_kept_counts_as_a_failure():
    queued = returns_a_set.enqueue()
    Worker().turn()
    assert (row_of(queued).status, row_of(queued).exception_class_path) == ("READY", "builtins.TypeError")


def test_a_task_that_is_gone_from_the_code_counts_as_a_failure():
    queued = says_attempt.enqueue()
    DBTaskResult.objects.filter(pk=queued.id).update(task_path="support.tasks.removed")
    Worker().turn()
    assert (row_of(queued).status, row_of(queued).exception_class_path) == ("READY", "builtins.ImportError")


def test_a_task_can_ask_which_attempt_it_is():
    queued = says_attempt.enqueue()
    Worker().turn()
    assert row_of(queued).return_value == 1


def test_waits_grow_up_to_the_longest():
    policy = Policy(first_wait=timedelta(seconds=10), factor=3, longest_wait=timedelta(seconds=200))
    for attempt, seconds in [(1, 10), (2, 30), (3, 90), (4, 200), (9, 200)]:
        wait = policy.wait(attempt).total_seconds()
        assert 0.8 * seconds <= wait <= 1.2 * seconds


def test_a_worker_that_wakes_up_too_late_changes_nothing(tmp_path):
    queued = stamp.enqueue(str(tmp_path), "a")
    slow = claim("slow")
    TaskLease.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    assert reap(timedelta(minutes=1)) == 1
    taken = claim("quick")
    assert taken.pk == slow.pk
    assert succeed(slow, "slow", "late") is False
    assert fail(slow, "slow", ValueError("late")) is False
    assert row_of(queued).status == "RUNNING"
    assert succeed(taken, "quick", "in time") is True
    assert (row_of(queued).return_value, row_of(queued).worker_ids) == ("in time", ["slow", "quick"])


def test_a_task_is_taken_back_only_after_the_silence(tmp_path):
    stamp.enqueue(str(tmp_path), "a")
    claim("one")
    TaskLease.objects.update(beat_at=timezone.now() - timedelta(seconds=50))
    assert reap(timedelta(seconds=60)) == 0
    assert reap(timedelta(seconds=40)) == 1


def test_a_running_task_without_a_lease_is_taken_back_too(tmp_path):
    queued = stamp.enqueue(str(tmp_path), "a")
    claim("one")
    TaskLease.objects.all().delete()
    assert reap(timedelta(seconds=60)) == 0
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    assert reap(timedelta(seconds=60)) == 1
    assert row_of(queued).status == "READY"


def test_a_task_that_ends_its_process_each_time_is_given_up(tmp_path):
    queued = always_fails.enqueue(str(tmp_path))
    statuses = []
    for _ in range(3):
        come_due(queued)
        claim("dies")
        TaskLease.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
        reap(timedelta(minutes=1))
        statuses.append(row_of(queued).status)
    assert statuses == ["READY", "READY", "FAILED"]
    assert row_of(queued).exception_class_path == "kring.worker.leases.WorkerLostError"
