"""Rows that other processes see, and workers in processes of their own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from kring.worker.models import PeriodicRun

ROOT = Path(__file__).parents[2]


def _clear() -> None:
    DBTaskResult.objects.all().delete()
    PeriodicRun.objects.all().delete()


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Without a transaction around the test. A flush takes too much: only the worker's tables are emptied."""
    with django_db_blocker.unblock():
        _clear()
        yield
        _clear()
        connection.close()


def _database_url() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return f"postgres://{found['USER']}{password}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@pytest.fixture
def start_worker(committed, tmp_path):
    """Starts a worker process that counts a silent one as dead after 2 seconds."""
    started = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker", "--poll=0.1", "--beat=0.3", "--lost-after=2"],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "kring.settings.test",
                "DATABASE_URL": _database_url(),
                "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("site", ".", "tests")),
            },
            stdout=subprocess.DEVNULL,
            stderr=(tmp_path / f"worker-{len(started)}.log").open("wb"),
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(found, seconds: float = 60) -> None:
    """Until it is true; fails the test when that takes too long."""
    until = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture(name="wait_until")
def _wait_until():
    return wait_until
