"""Taking a task, keeping hold of it, and giving back what a dead worker held.

Every end of a task is tied to its lease in one transaction: a worker that was thought dead and wakes up
finds its lease gone and changes nothing.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import TaskLease
from .registry import policy_of

log = structlog.get_logger("kring.worker")
BACKEND = "default"


class WorkerLostError(RuntimeError):
    """The process that ran the task ended in the middle of it."""


def claim(worker_id: str) -> DBTaskResult | None:
    """The next task, now this worker's; None when nothing waits."""
    ready = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
    if not ready.exists():
        return None
    with transaction.atomic():
        task = ready.select_for_update(skip_locked=True).first()
        if task is None:
            return None
        task.claim(worker_id)
        TaskLease.objects.update_or_create(
            task=task, defaults={"worker_id": worker_id, "beat_at": timezone.now()}
        )
    return task


def beat(task_id: Any, worker_id: str) -> bool:
    """Say that the task is still being worked on; False when the lease is lost."""
    return bool(TaskLease.objects.filter(task_id=task_id, worker_id=worker_id).update(beat_at=timezone.now()))


@transaction.atomic
def succeed(task: DBTaskResult, worker_id: str, value: Any) -> bool:
    """Record the outcome; False, and nothing recorded, when the lease is lost."""
    if not _release(task, worker_id):
        return False
    task.set_successful(value)
    return True


@transaction.atomic
def fail(task: DBTaskResult, worker_id: str, error: BaseException) -> bool:
    """Record the error and queue the task again, or leave it failed after its last attempt."""
    if not _release(task, worker_id):
        return False
    _end_attempt(task, error, policy_of(task.task_path).wait(len(task.worker_ids)))
    return True


def reap(lost_after: timedelta) -> int:
    """Give back the tasks whose worker hasn't been heard of for so long; returns how many."""
    before = timezone.now() - lost_after
    running = DBTaskResult.objects.running().filter(backend_name=BACKEND)
    lost = [*running.filter(lease__beat_at__lt=before), *running.filter(lease=None, started_at__lt=before)]
    return sum(_give_back(task.pk, before) for task in lost)


@transaction.atomic
def _give_back(task_id: Any, before: datetime) -> bool:
    running = DBTaskResult.objects.running().filter(pk=task_id)
    task = running.select_for_update(skip_locked=True).first()
    if task is None:
        return False
    TaskLease.objects.filter(task_id=task_id, beat_at__lt=before).delete()
    if TaskLease.objects.filter(task_id=task_id).exists():
        return False
    # Once is bad luck; a task that ends its process again and again has to wait.
    attempt = len(task.worker_ids)
    wait = policy_of(task.task_path).wait(attempt) if attempt > 1 else timedelta()
    _end_attempt(task, WorkerLostError("The process ended in the middle of the task."), wait)
    return True


def _release(task: DBTaskResult, worker_id: str) -> bool:
    deleted, _ = TaskLease.objects.filter(task_id=task.pk, worker_id=worker_id).delete()
    if not deleted:
        log.warning("a task took so long that another worker has it", task=task.task_path, id=str(task.pk))
    return bool(deleted)


def _end_attempt(task: DBTaskResult, error: BaseException, wait: timedelta) -> None:
    attempt, attempts = len(task.worker_ids), policy_of(task.task_path).attempts
    task.set_failed(error)
    facts = {"task": task.task_path, "id": str(task.pk), "attempt": attempt, "error": repr(error)}
    if attempt >= attempts:
        log.error("a task failed for good", **facts)
        return
    task.status = TaskResultStatus.READY
    task.run_after = timezone.now() + wait
    task.finished_at = None
    task.save(update_fields=["status", "run_after", "finished_at"])
    log.warning("a task failed and is tried again", **facts, seconds=round(wait.total_seconds()))
