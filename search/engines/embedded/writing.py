"""Writing the index: small batches into the live build, and whole new builds beside it."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kring.indexing.registry import Document

from ...compounds import Splitter
from ..base import Half, RebuildRunningError, Replay, Source
from ..journal import Journal
from ..unfinished import (
    Begun,
    Unfinished,
    form_of,
    reached,
    read_rest,
    thrown_away_unless_interrupted,
)
from . import storage
from .schema import VERSION, open_index, to_tantivy
from .vocabulary import vocabulary_of

SMALL_HEAP = 30_000_000
LARGE_HEAP = 128_000_000
REPORT_EVERY = 100
COMMIT_EVERY = 10_000
FORM = form_of("embedded", VERSION, version("tantivy"))


@contextmanager
def _writer(folder: Path, heap: int) -> Iterator[Any]:
    """Commits at the end; nothing of it is kept when it fails."""
    writer = open_index(str(folder)).writer(heap, 1)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _put(writer: Any, things: Iterable[str], documents: Iterable[Document], splitter: Splitter) -> None:
    for thing in things:
        writer.delete_documents_by_term("thing", thing)
    for document in documents:
        writer.add_document(to_tantivy(document, splitter))


def apply(root: Path, things: Collection[str], documents: Iterable[Document], splitter: Splitter) -> None:
    """Replace what the live build holds of these things; makes a first build where there is none."""
    with storage.locked(root, "write"):
        live = storage.current(root)
        name = live or storage.new_build(root)
        half = _unfinished(root)
        if half.stands():
            storage.note(root, things)
            half.wipe(things)
        with _writer(root / name, SMALL_HEAP) as writer:
            _put(writer, things, documents, splitter)
        if not live:
            storage.make_live(root, name)


def rebuild(
    root: Path, source: Source, replay: Replay, progress: Callable[[int], None] | None, *, anew: bool
) -> int:
    """Readers and writers go on with the old build until the new one has all that changed meanwhile."""
    half = _unfinished(root)
    with ExitStack() as held:
        # Whoever writes looks at whether a build stands; so it begins while nobody writes.
        with storage.locked(root, "write"):
            if not held.enter_context(storage.locked(root, "rebuild", wait=False)):
                raise RebuildRunningError("The search index is being built already.")
            found = None if anew else _to_go_on_with(root, half, source)
            begun, journal = found or _begin(root, half, source)
        with thrown_away_unless_interrupted(lambda: _throw_away(root, half, begun)):
            if found:
                source.goes_on(reached(begun, journal, _written(root / begun.build)))
            splitter = read_rest(journal, source)
            if half.written() < journal.documents:
                _fill(root / begun.build, journal, splitter, progress)
                half.wrote(journal.documents)
            _catch_up(root, begun, source, replay)
    source.ended(begun.kept)
    return journal.documents


def tidy(root: Path) -> None:
    """Remove builds that nobody reads or goes on with."""
    half = _unfinished(root)
    with storage.locked(root, "write"), storage.locked(root, "rebuild", wait=False) as nobody_builds:
        begun = half.begun()
        if nobody_builds and begun and not half.is_of(FORM):
            _throw_away(root, half, begun)
            begun = None
        if nobody_builds and begun:
            # Of what was wiped a machine that failed may have kept all.
            half.wipe(storage.notes(root))
        if nobody_builds:
            storage.prune(root, but=begun.build if begun else "")


def half(root: Path) -> Half | None:
    """See Engine."""
    found = _unfinished(root)
    if not found.stands():
        return None
    with storage.locked(root, "rebuild", wait=False) as nobody_builds:
        return found.half(FORM, lambda build: _written(root / build)) if nobody_builds else None


def _unfinished(root: Path) -> Unfinished:
    return Unfinished(root / "unfinished")


def _begin(root: Path, half: Unfinished, source: Source) -> tuple[Begun, Journal]:
    if left := half.begun():
        _throw_away(root, half, left)
    storage.begin_notes(root)
    kept = source.begins()
    begun = Begun(storage.new_build(root), FORM, time.time(), kept)
    open_index(str(root / begun.build))
    half.begin(begun)
    return begun, half.journal()


def _throw_away(root: Path, half: Unfinished, begun: Begun) -> None:
    half.forget()
    storage.forget_notes(root)
    storage.remove_build(root, begun.build)


def _to_go_on_with(root: Path, half: Unfinished, source: Source) -> tuple[Begun, Journal] | None:
    """The build that stands, if it is whole as far as it goes, and nothing that changed since is missing."""
    begun = half.begun()
    if begun is None or not half.is_of(FORM) or not source.is_same(begun.kept):
        return None
    folder = root / begun.build
    if begun.build == storage.current(root) or not storage.has_notes(root) or not folder.is_dir():
        return None
    try:
        journal, written = half.journal(), _written(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # What was brought in afterwards changes the number.
    fits = written <= journal.documents or half.written() == journal.documents
    return (begun, journal) if not written or (journal.whole and fits) else None


def _written(folder: Path) -> int:
    """How many documents a build has, which it has in the order of the journal."""
    return int(_searcher(folder).num_docs)


def _fill(folder: Path, journal: Journal, splitter: Splitter, progress: Callable[[int], None] | None) -> None:
    """Write what is missing of the documents, and commit now and then: there it is gone on after a crash."""
    done = _written(folder)
    things = journal.things_in(done)
    with _writer(folder, LARGE_HEAP) as writer:
        try:
            for number, document in enumerate(journal.read(done), done + 1):
                writer.add_document(to_tantivy(document, splitter))
                things += "#" not in document.key
                if number % COMMIT_EVERY == 0:
                    writer.commit()
                if progress and number % REPORT_EVERY == 0:
                    progress(things)
        except KeyboardInterrupt:
            writer.commit()
            raise
    if progress:
        progress(things)


def _catch_up(root: Path, begun: Begun, source: Source, replay: Replay) -> None:
    """Bring in what was applied to the live build since, and swap, while nobody else writes."""
    name = begun.build
    with storage.locked(root, "write"):
        missed = storage.notes(root).union(source.changed(begun.kept))
        if missed:
            frequencies = vocabulary_of(_searcher(root / name)).splitter
            with _writer(root / name, SMALL_HEAP) as writer:
                _put(writer, missed, replay(missed), frequencies)
        # What is in use is no unfinished build, at no moment.
        _unfinished(root).forget()
        storage.make_live(root, name)
        storage.forget_notes(root)
        storage.prune(root)


def _searcher(folder: Path) -> Any:
    return open_index(str(folder)).searcher()
