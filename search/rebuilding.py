"""Building the index anew, beside the one that answers meanwhile."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kring.activity.models import Activity
from kring.indexing.outbox import Batch, rows_waiting, settle, waiting_besides
from kring.indexing.registry import Document, searchables

from .draining import made, reconcile
from .engines import STEP, Engine, Reached, Step

Show = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class GoesOn:
    """What was done of a build that is gone on with, of so many things."""

    reached: Reached
    total: int


def rebuild(
    engine: Engine,
    *,
    anew: bool = False,
    show: Show | None = None,
    goes_on: Callable[[GoesOn], None] | None = None,
) -> int:
    """Build and swap; returns the number of things. Raises RebuildRunningError, and what engines raise.

    What was interrupted is gone on with, unless anew. show: told how far it is, (done, total).
    """
    everything = Everything(show, goes_on)
    engine.rebuild(everything, replay, everything.written, anew=anew)
    if everything.was_interrupted:
        # Whoever put a backup in the database's place meanwhile is noticed here at the latest.
        reconcile(engine)
    return everything.read


def replay(things: Collection[str]) -> Iterator[Document]:
    """The present documents of things that are named like "lesson:12"."""
    named = [thing.partition(":") for thing in sorted(things)]
    for start in range(0, len(named), STEP):
        yield from made((kind, int(pk)) for kind, _, pk in named[start : start + STEP])[0]


class Everything:
    """Everything that can be found, as a Source: kind by kind, by primary key.

    What is shown: reading the database is one half of the way, writing the index the other.
    """

    def __init__(self, show: Show | None, told: Callable[[GoesOn], None] | None = None) -> None:
        self.show, self.told = show, told
        self.total = self.read = 0
        self.was_interrupted = False
        self.left: dict[str, list[int]] = {}
        self.late = Batch((), ())

    def begins(self) -> Any:
        """The rows of the outbox that wait now, for what they tell of is read afterwards."""
        kept = {"database": _database(), "newest": _newest(), "rows": rows_waiting()}
        self._look(after="")
        return kept

    def is_same(self, kept: Any) -> bool:
        """Not where the database is another one, or an older backup of it."""
        if not isinstance(kept, dict) or kept.get("database") != _database():
            return False
        newest = kept.get("newest")
        return newest is None or _newest(pk=newest[0]) == newest

    def goes_on(self, reached: Reached) -> None:
        self.was_interrupted = True
        self.read = reached.read
        if reached.whole:
            self.total = reached.read
        else:
            self._look(reached.last)
        if self.told:
            self.told(GoesOn(reached, self.total))

    def _look(self, after: str) -> None:
        kind_before, _, pk_before = after.partition(":")
        for kind, one in sorted(searchables().items()):
            if kind >= kind_before:
                ids = sorted(one.all_ids())
                self.left[kind] = [pk for pk in ids if kind > kind_before or pk > int(pk_before)]
        self.total = self.read + sum(len(ids) for ids in self.left.values())

    def steps(self) -> Iterator[Step]:
        self._tell(self.read)
        for kind, ids in self.left.items():
            for start in range(0, len(ids), STEP):
                some = ids[start : start + STEP]
                documents = made((kind, pk) for pk in some)[0]
                yield f"{kind}:{some[-1]}", documents
                self.read += sum("#" not in one.key for one in documents)
                self._tell(self.read)

    def written(self, number: int) -> None:
        self._tell(self.read + number)

    def changed(self, kept: Any) -> list[str]:
        """All that waits now and didn't when the build began."""
        self.late = waiting_besides(kept["rows"])
        return [f"{kind}:{pk}" for kind, pk in self.late.things]

    def ended(self, kept: Any) -> None:
        settle([*kept["rows"], *self.late.rows])

    def _tell(self, done: int) -> None:
        if self.show:
            self.show(min(done, 2 * self.total), 2 * self.total)


def _database() -> list[str]:
    """Which one this is, without its password."""
    words = connection.settings_dict
    return [connection.vendor, *(str(words[name]) for name in ("HOST", "PORT", "NAME"))]


def _newest(pk: int | None = None) -> list[Any] | None:
    """What was done last, or the one of this key: an older database doesn't know it, another has others."""
    rows = Activity.objects.order_by("-pk").values_list("pk", "verb", "at")
    found = (rows.filter(pk=pk) if pk else rows).first()
    return [found[0], found[1], found[2].isoformat()] if found else None
