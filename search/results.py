"""Asking the engine on somebody's behalf: what the database forbids is neither shown nor counted.

Rights stand in the index as tokens, but the index is a moment behind. So what changed last is looked up
before the question, and everything found is looked up once more after it.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import structlog

from kring.indexing.outbox import unsettled
from kring.indexing.registry import own_communities_of, searchables

from .engines import Query, Results, current_engine
from .synonyms import thesaurus

log = structlog.get_logger("kring.search")

LATEST = 500
ROUNDS = 3

Things = set[tuple[str, int]]


class UnavailableError(Exception):
    """The engine cannot answer now."""


class NotReadyError(UnavailableError):
    """There is no index yet."""


def find(user: Any, query: Query) -> Results:
    """The engine's answer, as far as this user may read; raises UnavailableError when there is none."""
    hidden = forbidden(user, unsettled(LATEST))
    if query.text and user.is_authenticated:
        query = replace(query, own=own_communities_of(user))
    query = query if query.as_typed else replace(query, thesaurus=thesaurus())
    for _round in range(ROUNDS):
        results = _ask(replace(query, hidden=_names(hidden)))
        found = {(hit.kind, hit.object_id) for hit in [*results.hits, *results.close]}
        gone = forbidden(user, found)
        if not gone:
            return results
        hidden |= gone
    return _left(results, _names(gone))


def _left(results: Results, gone: Collection[str]) -> Results:
    """What may be read of an index that is far behind; nothing else is told, for it counts the rest too."""
    hits = [hit for hit in results.hits if hit.thing not in gone]
    close = [hit for hit in results.close if hit.thing not in gone]
    return Results(hits, total=len(hits), exact=results.exact, close=close)


def forbidden(user: Any, things: Things) -> Things:
    """Those of the things that this user may not read, or that are not there. One query a kind."""
    known = searchables()
    allowed: Things = set()
    for kind in {kind for kind, _pk in things} & known.keys():
        wanted = {pk for one, pk in things if one == kind}
        allowed |= {(kind, pk) for pk in known[kind].visible_ids(user, wanted)}
    return things - allowed


def _names(things: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(sorted(f"{kind}:{pk}" for kind, pk in things))


def _ask(query: Query) -> Results:
    engine = current_engine()
    try:
        results = engine.search(query)
        ready = bool(results.total) or engine.health().ready
    except Exception as error:
        # Whatever an engine raises, the person gets a page that says what to do.
        log.exception("search failed")
        raise UnavailableError from error
    if not ready:
        raise NotReadyError
    return results
