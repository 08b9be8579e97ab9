"""What can be found: each app registers its kinds in `searchables.py`, loaded by its AppConfig.ready()."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zlib import crc32

from django.db import models, transaction

from .models import IndexChange


@dataclass(frozen=True, slots=True)
class Document:
    """What an engine indexes. A thing may give several (an article and its sections share `kind:id`).

    key: unique, "lesson:12" or "article:7#heading". The one without # holds the whole thing and is what is
    found and counted; the others say in which part it stands, and between them hold all of its text.
    body: plain text, blocks separated by newlines; beside: more that is searched like it and never shown with
    a result, as tags and names are. language: "nl", "en" or "" (unknown).
    audience: tokens, of which a reader must hold at least one ("c:12", "staff").
    community: the community's primary key as text, or "". updated_at: aware.
    people: primary keys as text of who wrote it, or whom it is about.
    signs: what came of it and can be narrowed by, such as "solved" or "success".
    prior: mild quality boost, 0 to 1. facts: JSON shown with the result (author names, answers, place); with
    "lines" true, each line of the body stands for itself and the result names those that answer.
    stamp: a number that changes when any of this does, to compare index and database by, as checksum() gives;
    without it updated_at in whole seconds is taken.
    """

    key: str
    kind: str
    title: str
    body: str
    url: str
    audience: tuple[str, ...]
    updated_at: datetime
    beside: str = ""
    language: str = ""
    community: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    prior: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)
    stamp: int = 0

    @property
    def thing(self) -> str:
        return self.key.split("#", 1)[0]

    @property
    def version(self) -> int:
        return self.stamp or int(self.updated_at.timestamp())

    def part(self, name: str, body: str, **more: Any) -> "Document":
        """A part of this thing. What isn't given is as in the whole, but title, facts and `beside`."""
        blank = {"title": "", "beside": "", "facts": {}}
        return replace(self, key=f"{self.thing}#{name}", body=body, **(blank | more))


def checksum(*values: Any) -> int:
    """The same positive number for the same values, in every process."""
    return crc32(repr(values).encode("utf-8", "backslashreplace")) or 1


@dataclass(frozen=True, slots=True)
class Searchable:
    """One kind of thing. `documents(ids)` yields the documents of those that exist and are published;
    `all_ids()` yields every primary key that should be in the index; `label` is shown as the filter's name,
    `singular` and `icon` beside a result.
    `visible_ids(user, ids)` gives those of ids that the user may read: checked again on the way out.
    `model`: whose rows these are; a model may give several kinds.
    `stamps()` yields (primary key, Document.version) as its documents have it, so that changed ones are
    noticed when index and database are compared; without it only missing and surplus ones are.
    """

    kind: str
    label: Any
    documents: Callable[[Iterable[int]], Iterator[Document]]
    all_ids: Callable[[], Iterable[int]]
    visible_ids: Callable[[Any, Iterable[int]], set[int]]
    singular: Any = ""
    icon: str = "article"
    model: type[models.Model] | None = None
    stamps: Callable[[], Iterable[tuple[int, int]]] | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a filter's value, in its own language where that is known."""

    text: str
    language: str = ""


Tokens = Mapping[int, Iterable[str]]

_searchables: dict[str, Searchable] = {}
_audiences: list[Callable[[Any], Iterable[str]]] = []
_own: list[Callable[[Any], Iterable[str]]] = []
_wider: dict[str, list[Callable[[list[int]], Tokens]]] = {}
_labels: dict[str, Callable[[Any, list[str]], Mapping[str, Label]]] = {}
_listeners: list[Callable[[], None]] = []


def register(searchable: Searchable) -> None:
    _searchables[searchable.kind] = searchable


def searchables() -> dict[str, Searchable]:
    """Kind to searchable, in order of registration."""
    return dict(_searchables)


def kinds_of(model: type[models.Model]) -> list[str]:
    """The kinds that a model's rows are offered as."""
    return [kind for kind, one in _searchables.items() if one.model is model]


def documents_of(kind: str, ids: Iterable[int]) -> Iterator[Document]:
    """The documents of these things, with the audience that apps above have added."""
    wanted = list(ids)
    wider = audience_beyond(kind, wanted)
    for document in _searchables[kind].documents(wanted):
        more = sorted(wider.get(int(document.thing.split(":")[1]), ()))
        if more:
            stamp = widened(document.version, more)
            document = replace(document, audience=(*document.audience, *more), stamp=stamp)
        yield document


def stamps_of(kind: str) -> dict[int, int]:
    """Primary key to version of everything of a kind that should be in the index; 0 where it has none."""
    searchable = _searchables[kind]
    if searchable.stamps is None:
        return dict.fromkeys(searchable.all_ids(), 0)
    found = dict(searchable.stamps())
    for pk, more in audience_beyond(kind, found).items():
        if more and pk in found:
            found[pk] = widened(found[pk], sorted(more))
    return found


def widened(version: int, more: list[str]) -> int:
    """Version of a document with tokens that apps above have added."""
    return checksum(version, more)


def register_audience(tokens_of: Callable[[Any], Iterable[str]]) -> None:
    """Register a function that gives some of the audience tokens a user holds."""
    if tokens_of not in _audiences:
        _audiences.append(tokens_of)


def audience_of(user: Any) -> frozenset[str]:
    """All audience tokens this user holds; nobody who is not signed in and active holds any."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    return frozenset(token for tokens_of in _audiences for token in tokens_of(user))


def register_own(communities_of: Callable[[Any], Iterable[str]]) -> None:
    """Register a function that gives communities (as Document.community has them) that a user belongs to."""
    if communities_of not in _own:
        _own.append(communities_of)


def own_communities_of(user: Any) -> tuple[str, ...]:
    """The communities whose things stand a little higher for this user."""
    return tuple(sorted({one for communities_of in _own for one in communities_of(user)}))


def widen_audience(kind: str, tokens_of: Callable[[list[int]], Tokens]) -> None:
    """Let an app say who else may find things of a kind below it: a person's communities, for one."""
    functions = _wider.setdefault(kind, [])
    if tokens_of not in functions:
        functions.append(tokens_of)


def audience_beyond(kind: str, ids: Iterable[int]) -> dict[int, set[str]]:
    """Primary key to the tokens that other apps add to these things."""
    wanted = list(ids)
    found: dict[int, set[str]] = {}
    for tokens_of in _wider.get(kind, ()):
        for pk, tokens in tokens_of(wanted).items():
            found.setdefault(pk, set()).update(tokens)
    return found


def register_labels(facet: str, labels_of: Callable[[Any, list[str]], Mapping[str, Label]]) -> None:
    """Name the values of a filter ("community", "people"), as far as the user may read those names."""
    _labels[facet] = labels_of


def labels_of(facet: str, user: Any, values: list[str]) -> Mapping[str, Label]:
    """Names of a filter's values; one without a name is not to be shown."""
    return _labels[facet](user, values) if facet in _labels and values else {}


def register_listener(listener: Callable[[], None]) -> None:
    """Have this called after each commit that changed what can be found. It must be quick."""
    if listener not in _listeners:
        _listeners.append(listener)


def unregister_listener(listener: Callable[[], None]) -> None:
    if listener in _listeners:
        _listeners.remove(listener)


def record_change(kind: str, *object_ids: int) -> None:
    """Write to the outbox that these things changed. Call it inside the transaction of the change."""
    record_changes((kind, pk) for pk in object_ids)


def record_changes(things: Iterable[tuple[str, int]]) -> None:
    """record_change() for things of several kinds at once; each is written once."""
    rows = [IndexChange(kind=kind, object_id=pk) for kind, pk in dict.fromkeys(things)]
    if rows:
        IndexChange.objects.bulk_create(rows)
        transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    for listener in list(_listeners):
        listener()
