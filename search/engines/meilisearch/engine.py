"""The Meilisearch engine: the Engine protocol on a server outside the process."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import structlog
from meilisearch.errors import MeilisearchApiError

from kring.indexing.registry import Document

from ...compounds import Splitter
from ...text import clean
from ..base import AwayError, Half, Health, Query, Replay, Results, Source, source_of
from ..locks import held
from .answering import Answer
from .asking import narrowed
from .counting import MEMORY_SECONDS, Memory
from .documents import FINDABLE
from .meaning import Meaning, question_of_meaning
from .server import Server, any_of
from .shape import Names
from .vocabulary import VOCABULARY_SECONDS, Words
from .writing import Writer

log = structlog.get_logger("kring.search")


class MeilisearchEngine:
    """See Engine. prefix: begins the name of each index of this site. folder: of locks.

    vocabulary_seconds: how old the words may be by which misspelt ones are read. meaning: the model that
    tells meanings, if there is one.
    """

    def __init__(
        self,
        url: str,
        key: str,
        prefix: str,
        folder: Path,
        *,
        vocabulary_seconds: float = VOCABULARY_SECONDS,
        meaning: Meaning | None = None,
    ) -> None:
        self.meaning = meaning
        self.server, self.names, self.folder = Server(url, key), Names(prefix), folder
        self.words = Words(self.server, self.names.live, vocabulary_seconds)
        self.memory = Memory(min(MEMORY_SECONDS, vocabulary_seconds))
        self.writer = Writer(self.server, self.names, folder, meaning)

    def search(self, query: Query) -> Results:
        if not query.audience:
            return Results()
        try:
            return self._answer(query)
        except MeilisearchApiError:
            # It may have got its settings since: a moment ago it was no index yet.
            return self._answer(query) if self._is_ready() else Results()

    def _answer(self, query: Query) -> Results:
        return Answer(self.server, self.names.live, self.words.known(), self.memory, query).results()

    def _is_ready(self) -> bool:
        return self.server.is_set_up(self.names.live)

    def apply(self, things: Collection[str], documents: Iterable[Document]) -> None:
        self.writer.apply(things, documents, self._splitter())

    def _splitter(self) -> Splitter:
        try:
            return self.words.known().words.splitter
        except MeilisearchApiError:
            # As in search().
            return self.words.known().words.splitter if self._is_ready() else Splitter({}, 0)

    def rebuild(
        self,
        documents: Source | Iterable[Document],
        replay: Replay,
        progress: Callable[[int], None] | None = None,
        *,
        anew: bool = False,
    ) -> int:
        return self.writer.rebuild(source_of(documents), replay, progress, anew=anew)

    def in_meaning(self, query: Query, most: int) -> list[tuple[str, float]]:
        text = clean(query.text)
        if not (self.meaning and query.audience and text):
            return []
        asked = question_of_meaning(self.names.live, text, narrowed(query), most)
        try:
            (answer,) = self.server.search([asked])
        except (AwayError, MeilisearchApiError) as error:
            log.warning("meaning could not be asked for", error=str(error))
            return []
        return [(hit["thing"], float(hit["_rankingScore"])) for hit in answer["hits"]]

    def stamps(self, kind: str) -> dict[int, int]:
        if not self._is_ready():
            return {}
        condition = f"{any_of('kind', [kind])} AND whole = true"
        rows = self.server.rows(self.names.live, ["thing", "version"], condition)
        return {int(row["thing"].partition(":")[2]): row["version"] for row in rows}

    def half(self) -> Half | None:
        return self.writer.unfinished()

    def tidy(self) -> None:
        self.writer.tidy()

    def exclusive(self) -> AbstractContextManager[bool]:
        return held(self.folder, "drain", wait=False)

    def health(self) -> Health:
        asked = {"indexUid": self.names.live, "q": "", "limit": 0, "filter": FINDABLE}
        try:
            (answer,) = self.server.search([asked])
        except MeilisearchApiError:
            # As in search().
            if not self._is_ready():
                return Health(ready=False)
            (answer,) = self.server.search([asked])
        return Health(ready=True, documents=int(answer["estimatedTotalHits"]))
