"""What can be found: each app registers its kinds in `searchables.py`, loaded by its AppConfig.ready()."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .models import IndexChange


@dataclass(frozen=True, slots=True)
class Document:
    """What an engine indexes. A thing may give several (an article and its sections share `kind:id`).

    key: unique, "lesson:12" or "article:7#heading"; a thing's documents all start with "<kind>:<id>".
    body: plain text, blocks separated by newlines. language: "nl", "en" or "" (unknown).
    audience: tokens, of which a reader must hold at least one ("c:12", "staff").
    community: the community's primary key as text, or "". updated_at: aware.
    prior: mild quality boost, 0 to 1. facts: JSON shown with the result (author names, answers, place).
    """

    key: str
    kind: str
    title: str
    body: str
    url: str
    audience: tuple[str, ...]
    updated_at: datetime
    language: str = ""
    community: str = ""
    tags: tuple[str, ...] = ()
    prior: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Searchable:
    """One kind of thing. `documents(ids)` yields the documents of those that exist and are published;
    `all_ids()` yields every primary key that should be in the index; `label` is shown as the filter's name.
    `visible_ids(user, ids)` gives those of ids that the user may read: checked again on the way out.
    """

    kind: str
    label: Any
    documents: Callable[[Iterable[int]], Iterator[Document]]
    all_ids: Callable[[], Iterable[int]]
    visible_ids: Callable[[Any, Iterable[int]], set[int]]


_searchables: dict[str, Searchable] = {}
_audiences: list[Callable[[Any], Iterable[str]]] = []


def register(searchable: Searchable) -> None:
    _searchables[searchable.kind] = searchable


def searchables() -> dict[str, Searchable]:
    """Kind to searchable, in order of registration."""
    return dict(_searchables)


def register_audience(tokens_of: Callable[[Any], Iterable[str]]) -> None:
    """Register a function that gives some of the audience tokens a user holds."""
    if tokens_of not in _audiences:
        _audiences.append(tokens_of)


def audience_of(user: Any) -> frozenset[str]:
    """All audience tokens this user holds; nobody who is not signed in and active holds any."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    return frozenset(token for tokens_of in _audiences for token in tokens_of(user))


def record_change(kind: str, *object_ids: int) -> None:
    """Write to the outbox that these things changed. Call it inside the transaction of the change."""
    IndexChange.objects.bulk_create([IndexChange(kind=kind, object_id=pk) for pk in object_ids])
