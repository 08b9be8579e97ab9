"""Regular tasks."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kring.worker.models import PeriodicRun
from kring.worker.registry import forget_periodic, periodic_tasks, run_periodically
from kring.worker.schedule import queue_due
from kring.worker.tasks import clean_up
from support.tasks import regular


@pytest.fixture
def hourly():
    run_periodically(regular, every=timedelta(hours=1), name="hourly")
    yield "hourly"
    forget_periodic("hourly")


def queued() -> int:
    return DBTaskResult.objects.filter(task_path=regular.module_path).count()


@pytest.mark.django_db
def test_a_regular_task_is_queued_once_each_time_it_is_due(hourly):
    now = timezone.now()
    assert hourly in queue_due(now)
    assert queue_due(now) == []
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert hourly not in queue_due(now + timedelta(minutes=59))
    assert hourly in queue_due(now + timedelta(minutes=61))
    assert queued() == 2


@pytest.mark.django_db
def test_it_is_not_queued_while_the_last_one_is_unfinished(hourly):
    now = timezone.now()
    queue_due(now)
    assert hourly not in queue_due(now + timedelta(hours=2))
    assert queued() == 1


def test_of_many_processes_one_queues_it(committed, hourly):
    now = timezone.now()
    PeriodicRun.objects.create(name=hourly, due_at=now)
    for job in periodic_tasks():
        PeriodicRun.objects.get_or_create(name=job.name, defaults={"due_at": now + timedelta(days=1)})
    gate = threading.Barrier(6)
    won = []

    def look() -> None:
        gate.wait()
        won.extend(queue_due(now))
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [hourly]
    assert queued() == 1


@pytest.mark.django_db
def test_tidying_removes_old_records_only():
    old = regular.enqueue()
    new = regular.enqueue()
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
    DBTaskResult.objects.filter(pk=old.id).update(finished_at=timezone.now() - timedelta(days=8))
    clean_up.call()
    assert [str(pk) for pk in DBTaskResult.objects.values_list("pk", flat=True)] == [new.id]
