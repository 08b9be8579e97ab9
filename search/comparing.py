"""What differs between the search index and the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from kring.indexing.outbox import differing
from kring.indexing.registry import searchables, stamps_of

from .engines import Engine


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of one kind: how many things should be found, how many the index holds, and which differ."""

    kind: str
    wanted: int
    indexed: int
    differing: frozenset[int]


def compare(engine: Engine) -> Iterator[Comparison]:
    """Each kind in turn. Raises what the engine raises."""
    for kind in searchables():
        # The index first: what is written in between is too new rather than too old.
        indexed = engine.stamps(kind)
        wanted = stamps_of(kind)
        yield Comparison(kind, len(wanted), len(indexed), frozenset(differing(wanted, indexed)))
