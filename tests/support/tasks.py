"""Background tasks for the tests of the worker. Their files say what happened, from whichever process."""

import time
from datetime import timedelta
from pathlib import Path

from django_tasks import task

from kring.worker.registry import Policy, set_retries


def _say(folder: str, name: str, line: str) -> None:
    with (Path(folder) / name).open("a") as file:
        file.write(f"{line}\n")


@task()
def stamp(folder: str, key: str, seconds: float = 0, only_first: bool = False) -> str:
    """Says that it starts, takes its time (the first time only, if wanted) and leaves one file."""
    _say(folder, "starts", key)
    starts = (Path(folder) / "starts").read_text().splitlines().count(key)
    if not only_first or starts == 1:
        time.sleep(seconds)
    (Path(folder) / f"done-{key}").write_text(key)
    return key


@task()
def always_fails(folder: str) -> None:
    _say(folder, "starts", "fails")
    raise ValueError("the mail server is away")


@task()
def fails_once(folder: str) -> str:
    _say(folder, "starts", "once")
    if len((Path(folder) / "starts").read_text().splitlines()) == 1:
        raise ValueError("the mail server is away")
    return "sent"


@task()
def returns_a_set() -> set[int]:
    return {1}


@task(takes_context=True)
def says_attempt(context) -> int:  # type: ignore[no-untyped-def]
    return context.attempt


@task()
def regular() -> None:
    pass


set_retries(always_fails, Policy(attempts=3, first_wait=timedelta(seconds=10)))
