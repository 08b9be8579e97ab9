"""Workers in processes of their own, killed and side by side."""

import signal

import pytest
from django_tasks_db.models import DBTaskResult

from support.tasks import stamp

pytestmark = pytest.mark.slow


def test_a_task_of_a_killed_worker_is_done_by_the_next(start_worker, tmp_path, wait_until):
    queued = stamp.enqueue(str(tmp_path), "a", 600, only_first=True)
    first = start_worker()
    wait_until((tmp_path / "starts").exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert DBTaskResult.objects.get(pk=queued.id).status == "RUNNING"
    start_worker()
    wait_until(lambda: DBTaskResult.objects.get(pk=queued.id).status == "SUCCESSFUL")
    row = DBTaskResult.objects.get(pk=queued.id)
    assert (len(row.worker_ids), row.return_value) == (2, "a")
    assert (tmp_path / "done-a").read_text() == "a"
    assert (tmp_path / "starts").read_text() == "a\na\n"


def test_a_long_task_of_a_living_worker_is_left_alone(start_worker, tmp_path, wait_until):
    queued = stamp.enqueue(str(tmp_path), "long", 5)
    start_worker()
    start_worker()
    wait_until(lambda: DBTaskResult.objects.get(pk=queued.id).status == "SUCCESSFUL")
    assert (tmp_path / "starts").read_text() == "long\n"
    assert len(DBTaskResult.objects.get(pk=queued.id).worker_ids) == 1


def test_two_workers_share_the_tasks_and_do_each_once(start_worker, tmp_path, wait_until):
    keys = [str(number) for number in range(60)]
    for key in keys:
        stamp.enqueue(str(tmp_path), key, 0.02)
    start_worker()
    start_worker()
    wait_until(lambda: DBTaskResult.objects.successful().filter(task_path=stamp.module_path).count() == 60)
    rows = DBTaskResult.objects.filter(task_path=stamp.module_path)
    assert sorted((tmp_path / "starts").read_text().split()) == sorted(keys)
    assert {len(row.worker_ids) for row in rows} == {1}


def test_a_worker_that_is_asked_to_stop_ends_its_task_first(start_worker, tmp_path, wait_until):
    queued = stamp.enqueue(str(tmp_path), "last", 1)
    worker = start_worker()
    wait_until((tmp_path / "starts").exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert DBTaskResult.objects.get(pk=queued.id).status == "SUCCESSFUL"
    assert (tmp_path / "worker-0.log").read_text().count("Traceback") == 0
