"""Writing the indexes: small batches into the live one, and whole new ones beside it."""

import tempfile
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import structlog
from meilisearch.errors import MeilisearchApiError

from kring.indexing.registry import Document

from ...compounds import Splitter
from ...likeness.terms import KINDS
from ..base import AwayError, RebuildRunningError, Replay
from ..locks import held
from ..spooling import spooled, unspooled
from .documents import key_of, made, mark_of_refused
from .meaning import Meaning, without_meaning
from .server import Server, TaskFailedError, any_of
from .shape import NEWEST_SERVER, OLDEST_SERVER, Names, settings_for

log = structlog.get_logger("kring.search")
BATCH = 1000
TOO_LARGE, NO_MEANING = "payload_too_large", "vector_embedding_error"
MOST_LETTERS = 8_000_000
# So many batches wait at the server while the next one is made.
AHEAD = 4


class Writer:
    """Writes one site's indexes on a server. folder: of the locks, where the database keeps none."""

    def __init__(self, server: Server, names: Names, folder: Path, meaning: Meaning | None = None) -> None:
        self.server, self.names, self.folder, self.meaning = server, names, folder, meaning

    def apply(self, things: Collection[str], documents: Iterable[Document], splitter: Splitter) -> None:
        """Replace what the live index holds of these things; makes one where there is none."""
        with held(self.folder, "write"):
            self._note_for_rebuild(things)
            self._need(self.names.live)
            self._put(self.names.live, things, documents, splitter)

    def rebuild(
        self, documents: Iterable[Document], replay: Replay, progress: Callable[[int], None] | None
    ) -> int:
        """Readers and writers go on with the old index until the new one has all that changed meanwhile."""
        with ExitStack() as locks:
            # Whoever writes looks at the other lock; so it is tried for while nobody writes.
            with held(self.folder, "write"):
                if not locks.enter_context(held(self.folder, "rebuild", wait=False)):
                    raise RebuildRunningError("The search index is being built already.")
                self._tidy()
                self._drop([self.names.notes])
            build = self.names.build(time.time_ns())
            try:
                self._need(build)
                number, splitter = self._fill(build, documents, progress)
                self._catch_up(build, replay, splitter)
            except BaseException:
                self._drop([build])
                raise
        return number

    def _need(self, index: str) -> None:
        if not self.server.is_set_up(index):
            if index not in self.server.index_names():
                self.server.wait(self.server.post("indexes", {"uid": index, "primaryKey": "id"}))
            self.server.wait(self._set_up(f"indexes/{index}/settings"))

    def _set_up(self, path: str) -> Any:
        """Where the server may not say its version, what it refuses tells."""
        version = self.server.version()
        meaning = {"embedders": self.meaning.settings()} if self.meaning else {}
        try:
            return self.server.patch(path, settings_for(version or NEWEST_SERVER) | meaning)
        except MeilisearchApiError as error:
            if version or error.code != "invalid_settings_ranking_rules":
                raise
            return self.server.patch(path, settings_for(OLDEST_SERVER) | meaning)

    def _drop(self, indexes: Iterable[str]) -> None:
        held_there = set(self.server.index_names())
        self.server.wait(*[self.server.delete(f"indexes/{one}") for one in indexes if one in held_there])

    def _tidy(self) -> None:
        """Remove what a build that was killed, or a former version, has left."""
        self._drop(self.names.left_over(self.server.index_names()))

    def _add(self, index: str, rows: list[dict[str, Any]]) -> Any:
        if self.meaning:
            rows = [row if row.get("kind") in KINDS else without_meaning(row) for row in rows]
        return self.server.post(f"indexes/{index}/documents?primaryKey=id", rows)

    def _write(self, index: str, rows: list[dict[str, Any]], task: Any = None) -> None:
        """Return once the index has these. task: what the server was told already.

        One document that it refuses keeps no other out: it is set aside, until its thing changes.
        """
        try:
            self.server.wait(task or self._add(index, rows))
        except (TaskFailedError, MeilisearchApiError) as error:
            if isinstance(error, MeilisearchApiError) and error.code != TOO_LARGE:
                raise
            if NO_MEANING in str(error):
                raise AwayError(f"The model that tells meanings does not answer: {error}") from error
            if len(rows) == 1:
                self._set_aside(index, rows[0], error)
                return
            middle = len(rows) // 2
            self._write(index, rows[:middle])
            self._write(index, rows[middle:])

    def _set_aside(self, index: str, row: dict[str, Any], error: Exception) -> None:
        """Raises where the server takes not even the mark that is left: then it isn't the row's fault."""
        said = str(getattr(error, "message", error))
        self.server.wait(self._add(index, [mark_of_refused(row, said)]))
        log.error("Meilisearch refuses a document, which is set aside", thing=row["thing"], error=said)

    def _put(
        self, index: str, things: Collection[str], documents: Iterable[Document], splitter: Splitter
    ) -> None:
        """New ones first and then what is no more, so that nothing is away in between."""
        kept: set[str] = set()
        for rows in batches(made(document, splitter) for document in documents):
            kept |= {row["id"] for row in rows}
            self._write(index, rows)
        ordered = list(things)
        for start in range(0, len(ordered), BATCH):
            condition = any_of("thing", ordered[start : start + BATCH])
            gone = [row["id"] for row in self.server.rows(index, ["id"], condition) if row["id"] not in kept]
            if gone:
                self.server.wait(self.server.post(f"indexes/{index}/documents/delete-batch", gone))

    def _fill(
        self, index: str, documents: Iterable[Document], progress: Callable[[int], None] | None
    ) -> tuple[int, Splitter]:
        """Write all documents; their number. Compounds are split by the words of the whole collection."""
        waiting: deque[tuple[list[dict[str, Any]], Any]] = deque()
        number = wholes = 0
        with tempfile.TemporaryFile() as spool:
            splitter = spooled(documents, spool)
            spool.seek(0)
            for rows in batches(made(document, splitter) for document in unspooled(spool)):
                number += len(rows)
                waiting.append((rows, self._begun(index, rows)))
                while len(waiting) >= AHEAD:
                    wholes += self._done(index, waiting)
                    if progress:
                        progress(wholes)
        while waiting:
            wholes += self._done(index, waiting)
        if progress:
            progress(wholes)
        return number, splitter

    def _begun(self, index: str, rows: list[dict[str, Any]]) -> Any:
        """The task, or nothing where this is too much at once: then it is written in smaller lists."""
        try:
            return self._add(index, rows)
        except MeilisearchApiError as error:
            if error.code != TOO_LARGE:
                raise
            return None

    def _done(self, index: str, waiting: deque[tuple[list[dict[str, Any]], Any]]) -> int:
        rows, task = waiting.popleft()
        self._write(index, rows, task)
        return sum(row["whole"] for row in rows)

    def _catch_up(self, build: str, replay: Replay, splitter: Splitter) -> None:
        """Bring in what was applied to the live index since, and swap, while nobody else writes."""
        with held(self.folder, "write"):
            missed = self._noted()
            if missed:
                self._put(build, missed, replay(missed), splitter)
            self._need(self.names.live)
            self.server.swap(self.names.live, build)
            self._drop([build, self.names.notes])
            self._tidy()

    def _note_for_rebuild(self, things: Collection[str]) -> None:
        """While a new index is built: write down what the live one is told."""
        with held(self.folder, "rebuild", wait=False) as nobody_builds:
            if nobody_builds or not things:
                return
        self.server.wait(self._add(self.names.notes, [{"id": key_of(one), "thing": one} for one in things]))

    def _noted(self) -> set[str]:
        if self.names.notes not in self.server.index_names():
            return set()
        return {row["thing"] for row in self.server.rows(self.names.notes, ["thing"])}


def batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """In lists of some number and size: one request must not be larger than the server takes."""
    rest = iter(rows)
    found: list[dict[str, Any]] = []
    letters = 0
    for row in rest:
        found.append(row)
        letters += len(row["body"])
        if len(found) == BATCH or letters > MOST_LETTERS:
            yield found
            found, letters = [], 0
    if found:
        yield found
