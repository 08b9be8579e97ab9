"""What can be imported: each app registers its kinds in `importers.py`, loaded by its AppConfig.ready()."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(slots=True)
class Reference:
    """Something in a record that points at another record by its address; settled when that one is there."""

    field: str
    scope: str
    address: str
    data: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A record read and checked. `values` holds what is stored, by name; empty ones are left out.

    `place` is what decides where the thing stands. `addresses` are those (scope, address) under which other
    records may point at it, beside its id. `extras` is for the importer that made the draft.
    """

    values: dict[str, Any]
    created: datetime | None = None
    place: dict[str, Any] = dataclasses.field(default_factory=dict)
    references: list[Reference] = dataclasses.field(default_factory=list)
    addresses: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    extras: dict[str, Any] = dataclasses.field(default_factory=dict)


class Importer(ABC):
    """How one kind of record becomes a thing of the site. Runs inside a savepoint a record.

    Each method may raise RejectedError with a reason for the person who made the file.
    """

    kind: str
    label: Any
    model: type[models.Model]
    fields: frozenset[str] = frozenset()
    offered = True

    def survey(self, records: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, str]:
        """Look at all (id, record) once before the import; gives the reasons to reject, by id."""
        return {}

    @abstractmethod
    def read(self, record: dict[str, Any], run: Any) -> Draft:
        """Check the record and turn it into what is stored; writes nothing."""

    def adopt(self, draft: Draft, record: dict[str, Any], run: Any) -> models.Model | None:
        """A thing of the site that this record is about though it was not imported, if there is one."""
        return None

    def overwrites(self, thing: models.Model) -> bool:
        """Whether an adopted thing takes all values of the record, instead of the missing ones only."""
        return False

    @abstractmethod
    def create(self, draft: Draft, record: dict[str, Any], run: Any) -> models.Model:
        """Store a new thing."""

    @abstractmethod
    def update(self, thing: models.Model, values: dict[str, Any], draft: Draft | None, run: Any) -> None:
        """Store these values only. Without a draft they are what waited for another record."""

    def emptied(self, names: Iterable[str]) -> dict[str, Any]:
        """The empty value of each of these fields; those that cannot be empty are left out."""
        return dict.fromkeys(names, "")

    def place(self, thing: models.Model, draft: Draft, run: Any) -> None:  # noqa: B027
        """Move the thing to where its record now wants it."""

    def enrich(self, thing: models.Model, draft: Draft, record: dict[str, Any], run: Any) -> bool:
        """Add what hangs on the thing (comments); True when something changed. Runs each time it differs."""
        return False

    @abstractmethod
    def state(self, thing: models.Model) -> dict[str, Any]:
        """The stored values by the names that a draft uses; JSON only."""

    def load(self, ids: Iterable[int]) -> dict[int, models.Model]:
        """Things by primary key; those that are gone are absent."""
        return self.model._default_manager.in_bulk(list(ids))

    def find(self, name: str) -> int | None:
        """The primary key of what people call by this name on the command line, if there is one."""
        return None

    def make(self, name: str, language: str) -> int:
        """Make a thing with this name; only for kinds that others can be put into."""
        raise TypeError(f"{self.kind} are not made by name")

    @abstractmethod
    def link(self, object_id: int) -> int | str:
        """Where a link to this thing leads: the id of a page, or an address on the site."""

    def settle(self, thing: models.Model, reference: Reference, kind: str, object_id: int, run: Any) -> bool:
        """Set what pointed at a record that is there now; False when this kind cannot be meant."""
        return False

    def finish(self, things: list[models.Model], run: Any) -> None:  # noqa: B027
        """After each batch, in its transaction: what is quicker for many at once."""


_preparations: list[Callable[[], object]] = []
_importers: dict[str, Importer] = {}
# Kinds in the order in which they need one another.
ORDER = ("skills", "people", "communities", "lessons", "pages", "threads")


def register(importer: Importer) -> None:
    _importers[importer.kind] = importer


def importers() -> dict[str, Importer]:
    """Kind to importer; those that others point at come first."""
    known = {kind: _importers[kind] for kind in ORDER if kind in _importers}
    return known | {kind: one for kind, one in _importers.items() if kind not in known}


def register_preparation(prepare: Callable[[], object]) -> None:
    """Register what makes an empty site ready for content; idempotent, for it runs before each import."""
    if prepare not in _preparations:
        _preparations.append(prepare)


def preparations() -> list[Callable[[], object]]:
    return list(_preparations)


Transform = Callable[[dict[str, Any]], dict[str, Any]]
