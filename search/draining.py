"""What changed reaches the index: the outbox is drained in the background, never in a request.

A row is forgotten only after the index holds its change for good, and documents are made of what the database
says then. So a process may die at any point: the next one does the row again, with the same outcome.
"""

from collections.abc import Iterable, Iterator

import structlog
from django.db import DatabaseError

from kring.indexing.outbox import next_batch, record_differences, settle
from kring.indexing.registry import Document, documents_of, searchables

from .engines import Engine

log = structlog.get_logger("kring.search")
BATCH = 200


def drain(engine: Engine, *, limit: int = BATCH) -> int:
    """Bring everything that waits into the index; how many things that were. limit: rows at a time.

    Raises what the engine or the database raises; what was done until then stays done.
    """
    number = 0
    while (batch := next_batch(limit=limit)).rows:
        # A list, so that nothing of the index is held while the database is read.
        engine.apply([f"{kind}:{pk}" for kind, pk in batch.things], list(present(batch.things)))
        settle(batch.rows)
        number += len(batch.things)
    return number


def present(things: Iterable[tuple[str, int]]) -> Iterator[Document]:
    """The documents of these things as the database has them now; none of what is gone."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in things:
        by_kind.setdefault(kind, []).append(pk)
    known = searchables()
    for kind, ids in by_kind.items():
        # What a removed app offered once is gone, too.
        if kind in known:
            yield from _made(kind, ids)


def _made(kind: str, ids: list[int]) -> list[Document]:
    """One thing that cannot be read must not keep all others out of the index."""
    try:
        return list(documents_of(kind, ids))
    except DatabaseError:
        raise
    except Exception:
        if len(ids) == 1:
            log.exception("a thing cannot be put into the index", thing=f"{kind}:{ids[0]}")
            return []
        return [document for pk in ids for document in _made(kind, [pk])]


def reconcile(engine: Engine) -> int:
    """Record what differs between index and database, as after a restored backup; returns how much."""
    return sum(record_differences(kind, engine.stamps(kind)) for kind in searchables())
