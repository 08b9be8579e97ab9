"""Reading the outbox: what changed, in order, until an index has it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from .models import IndexChange
from .registry import record_changes, stamps_of

# A statement takes only so many parameters.
MOST_KEYS = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of the outbox. A thing that changed several times stands in `things` once."""

    rows: tuple[int, ...]
    things: tuple[tuple[str, int], ...]


def next_batch(*, after: int = 0, limit: int = 500) -> Batch:
    """The oldest rows beyond the one with key `after`."""
    found = list(IndexChange.objects.filter(pk__gt=after).values_list("pk", "kind", "object_id")[:limit])
    return _batch(found)


def _batch(found: list[tuple[int, str, int]]) -> Batch:
    things = dict.fromkeys((kind, object_id) for _, kind, object_id in found)
    return Batch(tuple(pk for pk, _, _ in found), tuple(things))


def settle(rows: Collection[int]) -> None:
    """Forget rows that the index holds for good. Later changes of the same things have rows of their own."""
    keys = list(rows)
    for start in range(0, len(keys), MOST_KEYS):
        IndexChange.objects.filter(pk__in=keys[start : start + MOST_KEYS]).delete()


def rows_waiting() -> list[int]:
    """The keys of all rows that wait."""
    return list(IndexChange.objects.values_list("pk", flat=True))


def waiting_besides(rows: Collection[int]) -> Batch:
    """All that waits but for these rows."""
    known = set(rows)
    every = IndexChange.objects.values_list("pk", "kind", "object_id").iterator()
    return _batch([one for one in every if one[0] not in known])


def waiting_since() -> datetime | None:
    """When the oldest row that waits was written."""
    return IndexChange.objects.values_list("created_at", flat=True).first()


def waiting() -> int:
    """How many rows wait."""
    return IndexChange.objects.count()


def unsettled(limit: int) -> set[tuple[str, int]]:
    """The latest things that the index doesn't show yet as they are."""
    newest = IndexChange.objects.order_by("-pk").values_list("kind", "object_id")[:limit]
    return set(newest)


def record_differences(kind: str, indexed: Mapping[int, int]) -> int:
    """Compare what an index holds of a kind with the database, and record what differs; returns how many.

    indexed: primary key to Document.version, as the index has it.
    """
    found = differing(stamps_of(kind), indexed)
    record_again(kind, found)
    return len(found)


def differing(wanted: Mapping[int, int], indexed: Mapping[int, int]) -> set[int]:
    """Primary keys of what is missing in the index, too much there, or there in another version (0: any)."""
    changed = {pk for pk, version in wanted.items() if pk not in indexed or version not in (0, indexed[pk])}
    return changed | (indexed.keys() - wanted.keys())


def record_again(kind: str, ids: Collection[int]) -> None:
    """Let the index get these anew."""
    with transaction.atomic():
        record_changes((kind, pk) for pk in sorted(ids))
