"""What an engine is: documents in, questions answered. Both engines keep to this."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Protocol

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from kring.indexing.registry import Document

from ..thesaurus import NO_THESAURUS, Thesaurus

FACETS = ("kind", "community", "tag", "language", "sign", "age")
# How many days back each value of "age" reaches; who is in the first is in the others too.
AGES = {"week": 7, "month": 31, "year": 366}
DEEPEST = 10_000
NO_HTML = SafeString("")


@dataclass(frozen=True, slots=True)
class Query:
    """A question. `audience` is what the reader holds: without any token nothing is found.

    language: of the text, "nl" or "en", when it is known. Of each filter one value must fit; empty filters
    let everything pass. since and until: of updated_at, the second not included. hidden: things
    ("lesson:12") left out whatever the index says. sort: "relevance" or "newest". page counts from 1.
    while_typing: the quickest answer, without facets. own: communities of the reader, whose things stand a
    little higher. thesaurus: what is looked for beside the words, unless as_typed.
    """

    text: str
    audience: frozenset[str]
    language: str = ""
    kinds: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    people: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    sort: str = "relevance"
    page: int = 1
    per_page: int = 20
    while_typing: bool = False
    own: tuple[str, ...] = ()
    facets: tuple[str, ...] = FACETS
    thesaurus: Thesaurus = NO_THESAURUS
    as_typed: bool = False

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """Facet to the values chosen, of those that were chosen."""
        chosen = {
            "kind": self.kinds,
            "community": self.communities,
            "tag": self.tags,
            "language": self.languages,
            "sign": self.signs,
            "people": self.people,
        }
        return {facet: values for facet, values in chosen.items() if values}

    @property
    def dated(self) -> bool:
        return bool(self.since or self.until)

    @property
    def offset(self) -> int:
        return (max(self.page, 1) - 1) * self.per_page


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found. title, snippet and section are HTML, escaped, with the found words in <mark>.

    people: primary keys as text of who wrote it, or whom it is about. lines: numbers of the body's lines with
    found words, the fullest first, where the document's facts say "lines".
    Where a part of the thing answers best, url and snippet are that part's, section is its heading (a comment
    has none) and part its facts.
    """

    key: str
    kind: str
    object_id: int
    title: SafeString
    snippet: SafeString
    url: str
    updated_at: datetime
    language: str = ""
    community: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    score: float = 0.0
    section: SafeString = NO_HTML
    part: dict[str, Any] = field(default_factory=dict)
    lines: tuple[int, ...] = ()

    @property
    def thing(self) -> str:
        return f"{self.kind}:{self.object_id}"


@dataclass(slots=True)
class Results:
    """An answer. total and facets count things with every telling word, forms and typos forgiven.

    exact: False when there are none of those; then hits, total and facets are of what comes close.
    close: what comes close beyond the exact hits, when those fill less than a page.
    corrections: (typed, read as) for words that nobody wrote like that.
    facets: name to (value, count), the most frequent first; a filter is counted without its own choice, and
    "age", which since and until choose of, by AGES.
    mark: marks the found words in any other text; gives HTML.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    exact: bool = True
    close: list[Hit] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    corrections: list[tuple[str, str]] = field(default_factory=list)
    mark: Callable[[str], SafeString] = conditional_escape


@dataclass(frozen=True, slots=True)
class Health:
    """ready: there is an index to search in, of this version's form. documents: things that can be found.

    wasted: share of it that is deleted documents, 0 to 1; always 0 where the engine sees to that itself.
    """

    ready: bool
    documents: int = 0
    wasted: float = 0.0


Replay = Callable[[Collection[str]], Iterable[Document]]
# The name of its last thing ("lesson:12"), and its documents.
Step = tuple[str, list[Document]]
STEP = 200


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a build had come when it was interrupted. began: in seconds of the epoch.

    last: the thing up to which all were read; whole: all are. read, written: how many things were.
    """

    began: float
    last: str
    whole: bool
    read: int
    written: int


@dataclass(frozen=True, slots=True)
class Half:
    """A build that was interrupted and is in nobody's use. usable: the next rebuild may go on with it."""

    reached: Reached
    usable: bool


class Source(Protocol):
    """What an index is built of, in steps whose order stays the same, so that a build that was interrupted
    is gone on with."""

    def begins(self) -> Any:
        """A build begins, and nothing is read yet. What this gives (JSON) is kept with the build."""

    def is_same(self, kept: Any) -> bool:
        """Whether a build with which this was kept is one of the same things, and may be gone on with."""

    def goes_on(self, reached: Reached) -> None:
        """A build is gone on with: steps() shall give what is left."""

    def steps(self) -> Iterator[Step]:
        """Everything, or what is left."""

    def changed(self, kept: Any) -> Collection[str]:
        """What shall be brought in last besides what apply() got, like "lesson:12": it wasn't read since it
        changed, or may not have been."""

    def ended(self, kept: Any) -> None:
        """The new index is in use."""


class Once:
    """Documents that are gone through once: no build of these is gone on with."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = documents

    def begins(self) -> Any:
        return None

    def is_same(self, kept: Any) -> bool:
        return False

    def goes_on(self, reached: Reached) -> None:
        """Not asked for: is_same() says that nothing is gone on with."""

    def steps(self) -> Iterator[Step]:
        rest = iter(self.documents)
        while step := list(islice(rest, STEP)):
            yield step[-1].thing, step

    def changed(self, kept: Any) -> Collection[str]:
        return ()

    def ended(self, kept: Any) -> None:
        pass


def source_of(documents: Source | Iterable[Document]) -> Source:
    return Once(documents) if isinstance(documents, Iterable) else documents


class RebuildRunningError(RuntimeError):
    """Somebody builds the index anew already."""


class AwayError(RuntimeError):
    """An engine outside the process does not answer. Nothing is wrong with what it holds."""


class Engine(Protocol):
    """One index over everything. Every method may be called from any thread and process.

    An engine may stand outside the process: then each method returns only once its own tasks are done, and
    raises when one of them failed.
    """

    def search(self, query: Query) -> Results:
        """Answer a question; never raises for what somebody typed. Without an index nothing is found."""

    def apply(self, things: Collection[str], documents: Iterable[Document]) -> None:
        """Replace all that is held of these things by these documents, at once and for good on return.

        The same again changes nothing. Where there is no index it makes one of these alone: see health().
        """

    def rebuild(
        self,
        documents: Source | Iterable[Document],
        replay: Replay,
        progress: Callable[[int], None] | None = None,
        *,
        anew: bool = False,
    ) -> int:
        """Build a new index beside the present one, then swap; returns the number of documents.

        A build of the same source that was interrupted, however that was, is gone on with. Where it is too
        old, of another form or not wanted (`anew`) it is thrown away. Plain documents are gone through once.
        The present index answers, and takes what apply() brings, until the swap. `replay` gives the present
        documents of the things that apply() got since the build began. `progress` is told how many things
        are written. Raises RebuildRunningError; whatever else it raises, the present index stays.
        """

    def in_meaning(self, query: Query, most: int) -> list[tuple[str, float]]:
        """Things near a question in meaning, and how near, 0 to 1; within its filters, none of its words
        needed. Nothing where no model tells meanings, or it does not answer."""

    def stamps(self, kind: str) -> dict[int, int]:
        """Primary key to Document.version, of everything held of a kind."""

    def half(self) -> Half | None:
        """The build that was interrupted; none where somebody builds now. Asks nobody outside the process."""

    def tidy(self) -> None:
        """Remove what interrupted builds have left that nobody will go on with."""

    def exclusive(self) -> AbstractContextManager[bool]:
        """Held while draining the outbox; gives False when another process or thread holds it."""

    def health(self) -> Health:
        """How the index is."""
