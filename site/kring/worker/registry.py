"""How often a task is tried, and which tasks run regularly.

A task may run twice: its worker can die after the work and before saying so. Done twice must equal done once.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from django_tasks.base import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Tries, and the waits between them. The default outlasts a night without a mail server: 15 hours."""

    attempts: int = 10
    first_wait: timedelta = timedelta(seconds=10)
    factor: float = 3
    longest_wait: timedelta = timedelta(hours=6)

    def wait(self, attempt: int) -> timedelta:
        """How long to wait after this failed attempt, the first being 1.

        A fifth more or less, so that not all that failed together comes back together.
        """
        most = self.longest_wait / self.first_wait
        return self.first_wait * min(self.factor ** (attempt - 1), most) * random.uniform(0.8, 1.2)  # noqa: S311


@dataclass(frozen=True, slots=True)
class Periodic:
    name: str
    task: Task
    every: timedelta


_policies: dict[str, Policy] = {}
_periodic: dict[str, Periodic] = {}


def set_retries(task: Task, policy: Policy) -> Task:
    """Try this task by its own policy; returns the task."""
    _policies[task.module_path] = policy
    return task


def policy_of(task_path: str) -> Policy:
    return _policies.get(task_path, Policy())


def run_periodically(task: Task, *, every: timedelta, name: str = "") -> None:
    """Queue a task without arguments again and again; once for all processes together. Call it in ready()."""
    name = name or task.module_path
    _periodic[name] = Periodic(name, task, every)


def forget_periodic(name: str) -> None:
    _periodic.pop(name, None)


def periodic_tasks() -> list[Periodic]:
    return list(_periodic.values())


class Companion(Protocol):
    """A thread that lives as long as the process which does the tasks."""

    def start(self) -> None: ...

    def stop(self, patience: float = 10) -> bool:
        """False when it goes on after so many seconds."""


_companions: list[Callable[[], Companion]] = []


def live_beside_worker(make: Callable[[], Companion]) -> None:
    """Start what this makes in every process that does tasks. Call it in ready()."""
    if make not in _companions:
        _companions.append(make)


def start_companions() -> list[Companion]:
    """Started ones; whoever starts them stops them."""
    made = [make() for make in _companions]
    for companion in made:
        companion.start()
    return made
