"""Building the index anew, beside the one that answers meanwhile."""

from collections.abc import Callable, Collection, Iterator

from kring.indexing.outbox import rows_waiting, settle
from kring.indexing.registry import Document, searchables

from .draining import made
from .engines import Engine

STEP = 200
Show = Callable[[int, int], None]


def rebuild(engine: Engine, *, show: Show | None = None) -> int:
    """Build and swap; returns the number of things. Raises RebuildRunningError, and what engines raise.

    show: told how far it is, (done, total).
    """
    covered = rows_waiting()
    ids = {kind: list(one.all_ids()) for kind, one in searchables().items()}
    total = sum(len(of_kind) for of_kind in ids.values())
    counter = Counter(total, show)
    engine.rebuild(counter.reading(ids), replay, counter.written)
    settle(covered)
    return counter.read


def replay(things: Collection[str]) -> Iterator[Document]:
    """The present documents of things that are named like "lesson:12"."""
    named = (thing.partition(":") for thing in things)
    return iter(made((kind, int(pk)) for kind, _, pk in named)[0])


class Counter:
    """Reading the database is one half of the way, writing the index the other."""

    def __init__(self, total: int, show: Show | None) -> None:
        self.total, self.show, self.read = total, show, 0

    def reading(self, ids: dict[str, list[int]]) -> Iterator[Document]:
        self._tell(0)
        for kind, of_kind in ids.items():
            for start in range(0, len(of_kind), STEP):
                for document in made((kind, pk) for pk in of_kind[start : start + STEP])[0]:
                    if "#" not in document.key:
                        self.read += 1
                    yield document
                self._tell(self.read)

    def written(self, number: int) -> None:
        self._tell(self.read + number)

    def _tell(self, done: int) -> None:
        if self.show:
            self.show(min(done, 2 * self.total), 2 * self.total)
