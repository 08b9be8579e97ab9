"""Who works on which background task, and when the regular ones are due.

The tasks themselves, with their attempts and errors, are rows of django-tasks-db.
"""

from django.db import models
from django_tasks_db.models import DBTaskResult


class TaskLease(models.Model):
    """A worker's hold on a running task. Without a beat for a while, the task is given to another."""

    task = models.OneToOneField(
        DBTaskResult, on_delete=models.CASCADE, primary_key=True, related_name="lease"
    )
    worker_id = models.CharField(max_length=64)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.task_id} by {self.worker_id}"


class PeriodicRun(models.Model):
    """When a regular task is due next. Who moves the date is the one that queues the task."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
