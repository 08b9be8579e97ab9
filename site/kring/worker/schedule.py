"""Queues regular tasks when they are due, one process for all."""

from datetime import datetime

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import PeriodicRun
from .registry import Periodic, periodic_tasks

UNFINISHED = [TaskResultStatus.READY, TaskResultStatus.RUNNING]


def queue_due(now: datetime) -> list[str]:
    """Queue what is due and not still waiting or running from last time; the names that were queued."""
    due = dict(PeriodicRun.objects.values_list("name", "due_at"))
    return [
        job.name
        for job in periodic_tasks()
        if (job.name not in due or due[job.name] <= now) and _queue(job, due.get(job.name), now)
    ]


@transaction.atomic
def _queue(job: Periodic, due_at: datetime | None, now: datetime) -> bool:
    """Whoever moves the date has won; the others find it moved."""
    if due_at is None:
        PeriodicRun.objects.get_or_create(name=job.name, defaults={"due_at": now})
        due_at = now
    won = PeriodicRun.objects.filter(name=job.name, due_at=due_at).update(due_at=now + job.every)
    if not won or DBTaskResult.objects.filter(task_path=job.task.module_path, status__in=UNFINISHED).exists():
        return False
    job.task.enqueue()
    return True
