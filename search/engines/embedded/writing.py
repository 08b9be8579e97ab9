"""Writing the index: small batches into the live build, and whole new builds beside it."""

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from kring.indexing.registry import Document

from ...compounds import Splitter
from ..base import RebuildRunningError, Replay
from ..spooling import spooled, unspooled
from . import storage
from .schema import open_index, to_tantivy
from .vocabulary import vocabulary_of

SMALL_HEAP = 30_000_000
LARGE_HEAP = 128_000_000
REPORT_EVERY = 100


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
        storage.note_for_rebuild(root, things)
        with _writer(root / name, SMALL_HEAP) as writer:
            _put(writer, things, documents, splitter)
        if not live:
            storage.make_live(root, name)


def rebuild(
    root: Path,
    documents: Iterable[Document],
    replay: Replay,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Readers and writers go on with the old build until the new one has all that changed meanwhile."""
    with ExitStack() as held:
        # Whoever writes looks at the other lock; so it is tried for while nobody writes.
        with storage.locked(root, "write"):
            if not held.enter_context(storage.locked(root, "rebuild", wait=False)):
                raise RebuildRunningError("The search index is being built already.")
            storage.take_notes(root)
        name = storage.new_build(root)
        try:
            number = _fill(root / name, documents, progress)
            _catch_up(root, name, replay)
        except BaseException:
            storage.remove_build(root, name)
            raise
    return number


def _fill(folder: Path, documents: Iterable[Document], progress: Callable[[int], None] | None) -> int:
    """Write all documents into a new build; returns how many.

    Compounds are split by the words of the whole collection, so those are counted first; the documents wait
    in a file, for making them costs more than reading them back.
    """
    with tempfile.TemporaryFile(dir=folder) as spool:
        splitter = spooled(documents, spool)
        spool.seek(0)
        number = wholes = 0
        with _writer(folder, LARGE_HEAP) as writer:
            for number, document in enumerate(unspooled(spool), 1):
                writer.add_document(to_tantivy(document, splitter))
                wholes += "#" not in document.key
                if progress and number % REPORT_EVERY == 0:
                    progress(wholes)
    if progress:
        progress(wholes)
    return number


def _catch_up(root: Path, name: str, replay: Replay) -> None:
    """Bring in what was applied to the live build since, and swap, while nobody else writes."""
    with storage.locked(root, "write"):
        missed = storage.take_notes(root)
        if missed:
            frequencies = vocabulary_of(_searcher(root / name)).splitter
            with _writer(root / name, SMALL_HEAP) as writer:
                _put(writer, missed, replay(missed), frequencies)
        storage.make_live(root, name)
        storage.prune(root)


def _searcher(folder: Path) -> Any:
    return open_index(str(folder)).searcher()
