"""What a process keeps open: the live build, as it was at the last change of any process."""

import os
import threading
from pathlib import Path

import numpy as np
import structlog

from . import storage
from .files import Places, joined, load_model, load_places, unpacked
from .model import Array
from .shelf import Rows, Shelf

log = structlog.get_logger("kring.search")


class Reader:
    """Gives the newest Shelf. Looks for changes each time, which takes microseconds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._pid = os.getpid()
        self._generation: tuple[str, int, int] | None = None
        self._held: Held | None = None
        self._shelf: Shelf | None = None

    def shelf(self) -> Shelf | None:
        """None when nothing was learnt yet, or what was cannot be read; then learning anew mends it."""
        with self._lock:
            if self._pid != os.getpid():
                self._forget()
            generation = storage.generation(self.root)
            if generation != self._generation:
                self._shelf = self._opened(generation)
                self._generation = generation
            return self._shelf

    def _opened(self, generation: tuple[str, int, int] | None) -> Shelf | None:
        if generation is None:
            self._held = None
            return None
        try:
            if self._held is None or self._held.folder.name != generation[0]:
                self._held = Held(self.root / generation[0])
            return self._held.newest()
        except (storage.DamagedError, OSError, ValueError, KeyError) as error:
            log.warning("likeness cannot be read; it is learnt anew", error=repr(error))
            self._held = None
            return None


class Held:
    """A build in memory, with as much of its journal as was read: the rest is added to it. Rows are only
    ever added, so that a Shelf given before stays right."""

    def __init__(self, folder: Path) -> None:
        """Raises DamagedError, and whatever unreadable files raise."""
        storage.checked(folder)
        self.folder = folder
        self.model = load_model(folder)
        self.base = load_places(folder)
        self.added: Places | None = None
        self.journal = 0
        self.things: list[str] = []
        self.row_of: dict[str, int] = {}
        self.kinds_known: dict[str, int] = {}
        self.audiences: dict[tuple[str, ...], int] = {}
        self.kinds: Array = np.zeros(0, np.int8)
        self.groups: Array = np.zeros(0, np.int32)
        self._count(self.base)

    def newest(self) -> Shelf:
        found, self.journal = storage.records(self.folder, self.journal)
        for record in found:
            changed, places = unpacked(record, self.model.space.shape[1])
            for thing in changed:
                self.row_of.pop(thing, None)
            self.added = joined(self.added, places) if self.added else places
            self._count(places)
        present = np.zeros(len(self.things), bool)
        present[list(self.row_of.values())] = True
        rows = Rows(
            self.things,
            dict(self.row_of),
            present,
            self.kinds,
            dict(self.kinds_known),
            self.groups,
            list(self.audiences),
        )
        return Shelf(self.model, [self.base, *([self.added] if self.added else [])], rows)

    def _count(self, places: Places) -> None:
        start = len(self.things)
        self.row_of |= {thing: start + row for row, thing in enumerate(places.things)}
        self.things += places.things
        kinds = (thing.partition(":")[0] for thing in places.things)
        self.kinds = _numbered(self.kinds, kinds, self.kinds_known)
        self.groups = _numbered(self.groups, places.audiences, self.audiences)


def _numbered(before: Array, values: object, known: dict) -> Array:
    """A longer array: each value's number, new ones noted in `known`."""
    numbers = [known.setdefault(value, len(known)) for value in values]  # type: ignore[attr-defined]
    return np.concatenate([before, np.array(numbers, before.dtype)])
