"""What changed reaches the index: the outbox is drained in the background, never in a request.

A row is forgotten only after the index holds its change for good, and documents are made of what the database
says then. So a process may die at any point: the next one does the row again, with the same outcome.
"""

from collections.abc import Iterable

import structlog
from django.db import DatabaseError

from kring.indexing.outbox import next_batch, record_differences, settle
from kring.indexing.registry import Document, documents_of, searchables

from .alike import keep_up
from .engines import Engine

log = structlog.get_logger("kring.search")
BATCH = 200
# So many failures in a row, and no success, are no matter of single things.
FAILURES_OF_ALL = 5


def drain(engine: Engine, *, limit: int = BATCH) -> int:
    """Bring everything that waits into the index; how many things that were. limit: rows at a time.

    Raises what the engine or the database raises; what was done until then stays done.
    """
    number = 0
    while (batch := next_batch(limit=limit)).rows:
        # A list, so that nothing of the index is held while the database is read.
        documents, broken = made(batch.things)
        # Of what cannot be read the index keeps what it has; reconcile() finds it again.
        told = [f"{kind}:{pk}" for kind, pk in batch.things if (kind, pk) not in broken]
        engine.apply(told, documents)
        keep_up(told, documents)
        settle(batch.rows)
        number += len(batch.things)
    return number


def made(things: Iterable[tuple[str, int]]) -> tuple[list[Document], set[tuple[str, int]]]:
    """The documents of these things as the database has them now, none of what is gone; and what failed.

    One thing that cannot be read must not keep all others out. Where several fail and none does not, it is
    not the things' fault, and the first error is raised.
    """
    by_kind: dict[str, list[int]] = {}
    for kind, pk in things:
        by_kind.setdefault(kind, []).append(pk)
    documents: list[Document] = []
    broken: set[tuple[str, int]] = set()
    known = searchables()
    for kind, ids in by_kind.items():
        # What a removed app offered once is gone, too.
        if kind in known:
            failed = _add(kind, ids, documents)
            broken |= {(kind, pk) for pk in failed}
    return documents, broken


def _add(kind: str, ids: list[int], documents: list[Document]) -> list[int]:
    try:
        documents += list(documents_of(kind, ids))
    except DatabaseError:
        raise
    except Exception as error:
        if len(ids) == 1:
            log.error("a thing cannot be put into the index", thing=f"{kind}:{ids[0]}", error=repr(error))
            return ids
        return _one_by_one(kind, ids, documents, error)
    return []


def _one_by_one(kind: str, ids: list[int], documents: list[Document], error: Exception) -> list[int]:
    failed: list[int] = []
    for number, pk in enumerate(ids, 1):
        failed += _add(kind, [pk], documents)
        if len(failed) == number >= FAILURES_OF_ALL:
            raise error
    return failed


def reconcile(engine: Engine) -> int:
    """Record what differs between index and database, as after a restored backup; returns how much."""
    return sum(record_differences(kind, engine.stamps(kind)) for kind in searchables())
