"""What a process keeps open to read: the live build, as it was at the last commit, and its words."""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...vocabulary import Vocabulary
from . import storage
from .schema import open_index
from .vocabulary import vocabulary_of

VOCABULARY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class View:
    """One state of the index, which stays as it is while a question is answered."""

    searcher: Any
    vocabulary: Vocabulary


class Reader:
    """Gives the newest View. Looks for commits of any process each time, which takes microseconds."""

    def __init__(self, root: Path, *, vocabulary_seconds: float = VOCABULARY_SECONDS) -> None:
        self.root = root
        self.vocabulary_seconds = vocabulary_seconds
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._pid = os.getpid()
        self._generation: tuple[str, int, int] | None = None
        self._index: Any = None
        self._searcher: Any = None
        self._vocabulary: Vocabulary | None = None
        self._vocabulary_of: tuple[str, int, int] | None = None
        self._vocabulary_at = 0.0

    def view(self) -> View | None:
        """None when there is no index yet."""
        with self._lock:
            if self._pid != os.getpid():
                self._forget()
            generation = storage.generation(self.root)
            if generation is None:
                return None
            if generation != self._generation:
                self._open(generation)
            return View(self._searcher, self._words(generation))

    def _open(self, generation: tuple[str, int, int]) -> None:
        if self._generation is None or self._generation[0] != generation[0]:
            self._index = open_index(str(self.root / generation[0]))
            self._index.config_reader("manual")
            self._vocabulary = None
        self._index.reload()
        self._searcher = self._index.searcher()
        self._generation = generation

    def _words(self, generation: tuple[str, int, int]) -> Vocabulary:
        """Reading all words of a large index takes a while: once a minute is enough."""
        old = time.monotonic() - self._vocabulary_at >= self.vocabulary_seconds
        if self._vocabulary is None or (old and self._vocabulary_of != generation):
            self._vocabulary = vocabulary_of(self._searcher)
            self._vocabulary_of = generation
            self._vocabulary_at = time.monotonic()
        return self._vocabulary
