"""The embedded engine: the Engine protocol on a folder of tantivy indexes."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from kring.indexing.registry import Document

from ...compounds import Splitter
from ..base import Half, Health, Query, Replay, Results, Source, source_of
from . import storage, writing
from .answering import Answer
from .clauses import term
from .reading import VOCABULARY_SECONDS, Reader
from .schema import WHOLE


class EmbeddedEngine:
    """See Engine. vocabulary_seconds: how old the words may be by which misspelt ones are read."""

    def __init__(self, root: Path, *, vocabulary_seconds: float = VOCABULARY_SECONDS) -> None:
        self.root = root
        self.reader = Reader(root, vocabulary_seconds=vocabulary_seconds)

    def search(self, query: Query) -> Results:
        view = self.reader.view() if query.audience else None
        return Answer(view, query).results() if view else Results()

    def apply(self, things: Collection[str], documents: Iterable[Document]) -> None:
        view = self.reader.view()
        splitter = view.vocabulary.splitter if view else Splitter({}, 0)
        writing.apply(self.root, things, documents, splitter)

    def rebuild(
        self,
        documents: Source | Iterable[Document],
        replay: Replay,
        progress: Callable[[int], None] | None = None,
        *,
        anew: bool = False,
    ) -> int:
        return writing.rebuild(self.root, source_of(documents), replay, progress, anew=anew)

    def in_meaning(self, query: Query, most: int) -> list[tuple[str, float]]:
        return []

    def stamps(self, kind: str) -> dict[int, int]:
        view = self.reader.view()
        if view is None:
            return {}
        found = {}
        states = view.searcher.terms_with_prefix("state", f"{kind}:", filter_query=term("kind", kind))
        for state, _ in states:
            thing, _, at = state.partition("@")
            found[int(thing.partition(":")[2])] = int(at)
        return found

    def half(self) -> Half | None:
        return writing.half(self.root)

    def tidy(self) -> None:
        writing.tidy(self.root)

    def exclusive(self) -> AbstractContextManager[bool]:
        return storage.locked(self.root, "drain", wait=False)

    def health(self) -> Health:
        view = self.reader.view()
        name = storage.current(self.root)
        if view is None or not name:
            return Health(ready=False)
        documents = view.searcher.search(term("part", WHOLE), 1, True).count
        return Health(ready=True, documents=documents, wasted=storage.wasted(self.root, name))
