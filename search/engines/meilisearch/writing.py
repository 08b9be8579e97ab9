"""Writing the indexes: small batches into the live one, and whole new ones beside it."""

import hashlib
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
from ..base import AwayError, Half, RebuildRunningError, Replay, Source
from ..journal import Journal
from ..locks import held
from ..unfinished import (
    Begun,
    Unfinished,
    form_of,
    is_old,
    reached,
    read_rest,
    thrown_away_unless_interrupted,
)
from .documents import BATCH, batches, key_of, made, mark_of_refused
from .meaning import Meaning, without_meaning
from .server import Server, TaskFailedError, any_of
from .shape import NEWEST_SERVER, OLDEST_SERVER, Names, settings_for

log = structlog.get_logger("kring.search")
TOO_LARGE, NO_MEANING = "payload_too_large", "vector_embedding_error"
# So many batches wait at the server while the next one is made.
AHEAD = 4


class Writer:
    """Writes one site's indexes on a server. folder: of the locks, where the database keeps none."""

    def __init__(self, server: Server, names: Names, folder: Path, meaning: Meaning | None = None) -> None:
        self.server, self.names, self.folder, self.meaning = server, names, folder, meaning
        self.half = Unfinished(folder / "unfinished-meilisearch")

    def apply(self, things: Collection[str], documents: Iterable[Document], splitter: Splitter) -> None:
        """Replace what the live index holds of these things; makes one where there is none."""
        with held(self.folder, "write"):
            self._note_for_rebuild(things)
            self._need(self.names.live)
            self._put(self.names.live, things, documents, splitter)

    def rebuild(
        self, source: Source, replay: Replay, progress: Callable[[int], None] | None, *, anew: bool
    ) -> int:
        """Readers and writers go on with the old index until the new one has all that changed meanwhile."""
        with ExitStack() as locks:
            # Whoever writes looks at whether a build stands; so it begins while nobody writes.
            with held(self.folder, "write"):
                if not locks.enter_context(held(self.folder, "rebuild", wait=False)):
                    raise RebuildRunningError("The search index is being built already.")
                found = None if anew else self._to_go_on_with(source)
                begun, journal = found or self._begin(source)
            with thrown_away_unless_interrupted(lambda: self._throw_away(begun.build)):
                if found:
                    source.goes_on(reached(begun, journal, self.half.written()))
                splitter = read_rest(journal, source)
                self._fill(begun.build, journal, splitter, progress)
                self._catch_up(begun, source, replay, splitter)
        source.ended(begun.kept)
        return journal.documents

    def unfinished(self) -> Half | None:
        """See Engine.half()."""
        if not self.half.stands():
            return None
        with held(self.folder, "rebuild", wait=False) as nobody_builds:
            return self.half.half(self._form(), lambda _: self.half.written()) if nobody_builds else None

    def tidy(self) -> None:
        """Remove builds that nobody goes on with, here or on another machine."""
        with held(self.folder, "write"), held(self.folder, "rebuild", wait=False) as nobody_builds:
            if not nobody_builds:
                return
            begun = self.half.begun()
            ended = begun is not None and not self.half.is_of(self._form())
            builds = self.names.builds(self.server.index_names())
            kept = {name for name, at in builds.items() if not is_old(at)}
            if begun and (ended or begun.build not in kept):
                self.half.forget()
                kept.discard(begun.build)
            elif begun and self.server.is_there(self.names.notes):
                # What another machine was told; and a machine that failed may have kept what was wiped.
                self.half.wipe(self._noted())
            self._tidy(but=kept)
            if not kept:
                self._drop([self.names.notes])

    def _form(self) -> str:
        """What is asked of a build to be gone on with; it doesn't tell the key of a model."""
        settings = repr((self.names.live, self._settings()))
        return form_of("meilisearch", hashlib.sha256(settings.encode()).hexdigest())

    def _begin(self, source: Source) -> tuple[Begun, Journal]:
        """From the moment on that there are notes, every writer keeps them, on whichever machine."""
        self.half.forget()
        self._tidy()
        self._drop([self.names.notes])
        kept = source.begins()
        begun = Begun(self.names.build(time.time_ns()), self._form(), time.time(), kept)
        self._need(begun.build)
        self._make(self.names.notes)
        self.half.begin(begun)
        return begun, self.half.journal()

    def _to_go_on_with(self, source: Source) -> tuple[Begun, Journal] | None:
        """The build that stands, if the server has it still, and nothing that changed since is missing."""
        begun = self.half.begun()
        if begun is None or not self.half.is_of(self._form()) or not source.is_same(begun.kept):
            return None
        if not self.server.is_there(self.names.notes) or not self.server.is_set_up(begun.build):
            return None
        try:
            journal = self.half.journal()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        fits = self.half.written() <= journal.documents
        return (begun, journal) if fits and (journal.whole or not self.half.written()) else None

    def _throw_away(self, build: str) -> None:
        self.half.forget()
        self._drop([build, self.names.notes])

    def _make(self, index: str) -> None:
        self.server.wait(self.server.post("indexes", {"uid": index, "primaryKey": "id"}))

    def _need(self, index: str) -> None:
        if not self.server.is_set_up(index):
            if not self.server.is_there(index):
                self._make(index)
            self.server.wait(self._set_up(f"indexes/{index}/settings"))

    def _set_up(self, path: str) -> Any:
        """Where the server may not say its version, what it refuses tells."""
        version = self.server.version()
        try:
            return self.server.patch(path, self._settings(version or NEWEST_SERVER))
        except MeilisearchApiError as error:
            if version or error.code != "invalid_settings_ranking_rules":
                raise
            return self.server.patch(path, self._settings(OLDEST_SERVER))

    def _settings(self, version: tuple[int, ...] = NEWEST_SERVER) -> dict[str, Any]:
        return settings_for(version) | ({"embedders": self.meaning.settings()} if self.meaning else {})

    def _drop(self, indexes: Iterable[str]) -> None:
        held_there = set(self.server.index_names())
        self.server.wait(*[self.server.delete(f"indexes/{one}") for one in indexes if one in held_there])

    def _tidy(self, but: Collection[str] = ()) -> None:
        """Remove what a build that was killed, or a former version, has left."""
        self._drop(set(self.names.left_over(self.server.index_names())).difference(but))

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
        """What differs first and then what is no more, so that nothing is away in between.

        Of a long conversation a new comment changes two rows, and the server takes its time for each.
        """
        held_there = self._prints(index, things)
        gone = set(held_there)

        def differing() -> Iterator[dict[str, Any]]:
            for document in documents:
                row = made(document, splitter)
                gone.discard(row["id"])
                if held_there.get(row["id"]) != row["print"]:
                    yield row

        for rows in batches(differing()):
            self._write(index, rows)
        if gone:
            self.server.wait(self.server.post(f"indexes/{index}/documents/delete-batch", sorted(gone)))

    def _prints(self, index: str, things: Collection[str]) -> dict[str, str]:
        """Id to fingerprint of the rows that an index has of these things."""
        ordered = list(things)
        found: dict[str, str] = {}
        for start in range(0, len(ordered), BATCH):
            condition = any_of("thing", ordered[start : start + BATCH])
            rows = self.server.rows(index, ["id", "print"], condition)
            found |= {row["id"]: row.get("print", "") for row in rows}
        return found

    def _fill(
        self, index: str, journal: Journal, splitter: Splitter, progress: Callable[[int], None] | None
    ) -> None:
        """Write what is missing of the documents. What is written twice, after a crash, is there once."""
        number = self.half.written()
        things = journal.things_in(number)
        rest = batches(made(document, splitter) for document in journal.read(number))
        for rows, task in self._ahead(index, rest):
            self._write(index, rows, task)
            number += len(rows)
            things += sum(row["whole"] for row in rows)
            self.half.wrote(number)
            if progress:
                progress(things)
        if progress:
            progress(things)

    def _ahead(self, index: str, lists: Iterable[list[dict[str, Any]]]) -> Iterator[tuple[Any, Any]]:
        """Lists of rows with their tasks, of which some wait at the server already."""
        waiting: deque[tuple[list[dict[str, Any]], Any]] = deque()
        for rows in lists:
            waiting.append((rows, self._handed_in(index, rows)))
            if len(waiting) >= AHEAD:
                yield waiting.popleft()
        yield from waiting

    def _handed_in(self, index: str, rows: list[dict[str, Any]]) -> Any:
        """The task, or nothing where this is too much at once: then it is written in smaller lists."""
        try:
            return self._add(index, rows)
        except MeilisearchApiError as error:
            if error.code != TOO_LARGE:
                raise
            return None

    def _catch_up(self, begun: Begun, source: Source, replay: Replay, splitter: Splitter) -> None:
        """Bring in what was applied to the live index since, and swap, while nobody else writes."""
        with held(self.folder, "write"):
            build = begun.build
            missed = self._noted().union(source.changed(begun.kept))
            if missed:
                self._put(build, missed, replay(missed), splitter)
            self._need(self.names.live)
            # What is about to be in use is no unfinished build: a swap that was asked for may come late.
            self.half.forget()
            self.server.swap(self.names.live, build)
            self._drop([build, self.names.notes])
            self._tidy()

    def _note_for_rebuild(self, things: Collection[str]) -> None:
        """While a new index is built, or waits to be gone on with: write down what the live one is told."""
        if things and self.server.is_there(self.names.notes):
            rows = [{"id": key_of(one), "thing": one} for one in things]
            self.server.wait(self._add(self.names.notes, rows))
        if self.half.stands():
            self.half.wipe(things)

    def _noted(self) -> set[str]:
        return {row["thing"] for row in self.server.rows(self.names.notes, ["thing"])}
