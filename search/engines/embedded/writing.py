"""Writing the index: small batches into the live build, and whole new builds beside it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kring.indexing.registry import Document

from ...compounds import Splitter
from ...text import words
from ..base import Replay
from . import storage
from .schema import open_index, to_tantivy
from .vocabulary import SHORTEST

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
    documents: Callable[[], Iterator[Document]],
    replay: Replay,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Readers and writers go on with the old build until the new one has all that changed meanwhile."""
    with storage.locked(root, "rebuild"):
        with storage.locked(root, "write"):
            storage.take_notes(root)
        name = storage.new_build(root)
        splitter = _splitter(documents())
        number = 0
        with _writer(root / name, LARGE_HEAP) as writer:
            for number, document in enumerate(documents(), 1):
                writer.add_document(to_tantivy(document, splitter))
                if progress and number % REPORT_EVERY == 0:
                    progress(number)
        with storage.locked(root, "write"):
            missed = storage.take_notes(root)
            if missed:
                with _writer(root / name, SMALL_HEAP) as writer:
                    _put(writer, missed, replay(missed), splitter)
            storage.make_live(root, name)
            storage.prune(root)
    if progress:
        progress(number)
    return number


def _splitter(documents: Iterable[Document]) -> Splitter:
    """Compounds are split by the words of the whole collection, so they are counted first."""
    counts: Counter[str] = Counter()
    number = 0
    for document in documents:
        if "#" not in document.key:
            number += 1
            found = set(words(f"{document.title}\n{document.body}"))
            counts.update(word for word in found if len(word) >= SHORTEST and not word.isdigit())
    return Splitter(counts, number)
