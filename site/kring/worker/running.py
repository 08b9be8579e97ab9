"""The worker: takes tasks one by one, in a thread of the web process or in a process of its own."""

import threading
import time
from datetime import timedelta
from typing import Any

import structlog
from django.db import DatabaseError, close_old_connections, connections, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskContext
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from .leases import beat, claim, fail, reap, succeed
from .schedule import queue_due

log = structlog.get_logger("kring.worker")
_queued = threading.Event()


def on_enqueued(**kwargs: Any) -> None:
    """A task that this process queues is taken up at once, without waiting for the next look."""
    transaction.on_commit(_queued.set)


class Worker:
    """poll, beat and lost_after are seconds. alone: no other worker can live, so what is running is lost."""

    def __init__(
        self, *, alone: bool = False, poll: float = 1, beat: float = 10, lost_after: float = 60
    ) -> None:
        self.worker_id = get_random_string(24)
        self.alone = alone
        self.poll = poll
        self.beat = beat
        self.lost_after = timedelta(seconds=lost_after)
        self._stopping = threading.Event()
        self._finished = threading.Event()
        self._current: Any = None
        self._thread: threading.Thread | None = None
        self._housekeeping_at = 0.0

    def start(self) -> None:
        """Work in a thread of this process."""
        self._thread = threading.Thread(target=self.run, name="kring-worker", daemon=True)
        self._thread.start()

    def stop(self, patience: float = 10) -> bool:
        """Take no more tasks and wait for the running one; False when it goes on after so many seconds.

        What doesn't end in time is given to the next worker.
        """
        self.ask_to_stop()
        if self._thread:
            self._thread.join(patience)
        return not (self._thread and self._thread.is_alive())

    def ask_to_stop(self) -> None:
        self._stopping.set()
        _queued.set()

    def run(self) -> None:
        """Work until asked to stop."""
        beating = threading.Thread(target=self._keep_beating, name="kring-worker-beat", daemon=True)
        beating.start()
        try:
            if self.alone:
                self._safely(lambda: reap(timedelta()))
            while not self._stopping.is_set():
                _queued.clear()
                close_old_connections()
                if not self._safely(self.turn) and not self._stopping.is_set():
                    _queued.wait(self.poll)
        finally:
            self._finished.set()
            connections.close_all()

    def turn(self) -> bool:
        """Do one task, and what is regularly to be done; whether there was a task."""
        if time.monotonic() >= self._housekeeping_at:
            self._housekeeping_at = time.monotonic() + min(15.0, self.lost_after.total_seconds() / 4)
            reap(self.lost_after)
            queue_due(timezone.now())
        task = claim(self.worker_id)
        if task is None:
            return False
        self._current = task.pk
        try:
            self._do(task)
        finally:
            self._current = None
        return True

    def _safely(self, step: Any) -> bool:
        try:
            return bool(step())
        except DatabaseError as error:
            log.warning("the worker cannot reach the database and tries again", error=str(error).strip())
            self._stopping.wait(self.poll)
        except Exception:
            log.exception("the worker stumbled and goes on")
            self._stopping.wait(self.poll)
        return False

    def _do(self, row: DBTaskResult) -> None:
        try:
            task = row.task
            result: Any = row.task_result
            backend = type(task.get_backend())
            task_started.send(sender=backend, task_result=result)
            context = [TaskContext(task_result=result)] if task.takes_context else []
            value = normalize_json(task.call(*context, *result.args, **result.kwargs))
        except Exception as error:
            fail(row, self.worker_id, error)
            return
        if succeed(row, self.worker_id, value):
            task_finished.send(sender=backend, task_result=row.task_result)

    def _keep_beating(self) -> None:
        while not self._finished.wait(self.beat):
            current = self._current
            if current is None:
                continue
            try:
                close_old_connections()
                beat(current, self.worker_id)
            except DatabaseError as error:
                log.warning("a beat was missed", error=str(error).strip())
        connections.close_all()
