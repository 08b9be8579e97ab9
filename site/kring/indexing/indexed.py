"""A mixin for models whose rows can be found, or are part of what can be found."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from .registry import kinds_of, record_changes


class Indexed:
    """Stands before models.Model. Each save and deletion writes the outbox in its own transaction.

    `QuerySet.update()` and `bulk_create()` pass it by: whoever uses them calls record_change().
    A row that goes with something else (a cascade, a branch of the page tree) is noticed too.
    """

    # A save of nothing but these fields changes nothing that can be found.
    unindexed_fields: frozenset[str] = frozenset()

    def index_things(self) -> Iterable[tuple[str, int]]:
        """(kind, primary key) of everything whose entry shows this row; by default itself."""
        return [(kind, self.pk) for kind in kinds_of(type(self))]  # type: ignore[attr-defined,arg-type]

    # Without savepoints: a list of things is saved in one transaction, and each would cost two more queries.
    @transaction.atomic(savepoint=False)
    def save(self, *args: Any, **kwargs: Any) -> Any:
        result = super().save(*args, **kwargs)  # type: ignore[misc]
        fields = kwargs.get("update_fields")
        if fields is None or not self.unindexed_fields.issuperset(fields):
            record_changes(self.index_things())
        return result


class IndexedPage(Indexed):
    """For Wagtail pages: an address that changes is the address of everything below, too."""

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        page: Any = self
        if page.pk is None:
            return super().save(*args, **kwargs)
        before = type(page)._base_manager.filter(pk=page.pk).values_list("url_path", flat=True).first()
        result = super().save(*args, **kwargs)
        if page.url_path != before:
            record_changes(things_below(page))
        return result


def things_below(page: Any) -> list[tuple[str, int]]:
    """What can be found among a page and everything under it in the tree."""
    rows = page.get_descendants(inclusive=True).select_related(None).only("pk", "content_type")
    return [(kind, row.pk) for row in rows for kind in kinds_of(row.specific_class)]
