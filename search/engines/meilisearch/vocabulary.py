"""The words of the collection, as Meilisearch counts them: asked for now and then, kept by each process."""

import threading
import time
from dataclasses import dataclass
from typing import Any

import structlog

from ...vocabulary import SHORTEST, Vocabulary
from .documents import FINDABLE, STEM_MARK
from .server import WRITE_SECONDS, Server

log = structlog.get_logger("kring.search")
VOCABULARY_SECONDS = 60.0
LARGE = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """Words, the number of things that hold each of their stems, and the number of all things."""

    words: Vocabulary
    stems: dict[str, int]
    things: int


class Words:
    """Gives the newest Known; what is too old is looked up again beside, while it serves on."""

    def __init__(self, server: Server, index: str, seconds: float = VOCABULARY_SECONDS) -> None:
        self.server, self.index, self.seconds = server, index, seconds
        self._lock = threading.Lock()
        self._known: Known | None = None
        self._at = 0.0

    def known(self) -> Known:
        """Raises what the server answers when there is no index."""
        known, old = self._known, time.monotonic() - self._at >= self.seconds
        if known is None or not self.seconds:
            return self._look()
        if old and self._lock.acquire(blocking=False):
            threading.Thread(target=self._look_beside, name="kring-words", daemon=True).start()
        return known

    def _look_beside(self) -> None:
        try:
            self._look()
        except Exception as error:
            log.warning("the words of the index could not be asked for", error=repr(error))
            self._at = time.monotonic()
        finally:
            self._lock.release()

    def _look(self) -> Known:
        self._known = known = words_in(self.server, self.index)
        self._at = time.monotonic()
        return known


def words_in(server: Server, index: str) -> Known:
    """One question: how many things hold each of the most frequent words and stems, and how long they are."""
    asked = {"q": "", "limit": 0, "filter": FINDABLE, "facets": ["terms", "length"]}
    answer: dict[str, Any] = server.post(f"indexes/{index}/search", asked, seconds=WRITE_SECONDS)
    facets = answer.get("facetDistribution", {})
    counted, lengths = facets.get("terms", {}), facets.get("length", {})
    things = int(answer["estimatedTotalHits"])
    least = 1 if things < LARGE else 2
    frequencies, stems = {}, {}
    for term, count in counted.items():
        if term.startswith(STEM_MARK):
            stems[term[len(STEM_MARK) :]] = count
        elif count >= least and len(term) >= SHORTEST and not term.isdigit():
            frequencies[term] = count
    average = sum(int(length) * count for length, count in lengths.items()) / max(sum(lengths.values()), 1)
    return Known(Vocabulary(frequencies, things, average), stems, things)
