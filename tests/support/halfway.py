"""A build of an index that was interrupted, and what lies there of it."""

from typing import Any

import pytest

from kring.people.models import User
from search.engines.embedded import writing
from search.engines.unfinished import Unfinished
from search.rebuilding import rebuild


def interrupt(engine: Any, at: int) -> None:
    """Ctrl+C once so much was shown as done: as many to read, and as many again to write."""

    def stop(done: int, total: int) -> None:
        if done >= at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(engine, show=stop)


def half_of(engine: Any) -> Unfinished:
    half: Unfinished = writing._unfinished(engine.root) if hasattr(engine, "root") else engine.writer.half
    return half


def texts_waiting(engine: Any) -> dict[str, str]:
    """Thing to the title that lies on disk until the build is gone on with."""
    if not half_of(engine).stands():
        return {}
    return {one.key: one.title for one in half_of(engine).journal().read() if one.title}


def rename(person: User, name: str) -> None:
    person.name = name
    person.save()
