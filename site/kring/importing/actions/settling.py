"""The second pass: what waited for a record that has arrived by now."""

from itertools import groupby
from typing import Any

from django.db import transaction

from ..models import ImportedRecord, PendingReference
from ..registry import Importer, Reference, importers
from .links import link_to, relink
from .storing import fingerprint

BATCH = 100


def settle_references(run: Any) -> int:
    """Settle what can be; gives how many references to records by id still wait.

    Things of earlier runs are settled too. Links into the site a text came from may wait for ever."""
    rows = PendingReference.objects.order_by("kind", "object_id", "pk")
    ready = [row for row in rows.iterator() if run.book.find(row.scope, row.address)]
    run.settling = True
    things = [(key, list(group)) for key, group in groupby(ready, key=lambda row: (row.kind, row.object_id))]
    for start in range(0, len(things), BATCH):
        with transaction.atomic():
            touched: dict[str, list[Any]] = {}
            for (kind, object_id), group in things[start : start + BATCH]:
                thing = _settle(run, importers()[kind], object_id, group)
                if thing is not None:
                    touched.setdefault(kind, []).append(thing)
            for kind, changed in touched.items():
                importers()[kind].finish(changed, run)
    run.settling = False
    return PendingReference.objects.filter(address__startswith="kring:").count()


def _settle(run: Any, importer: Importer, object_id: int, rows: list[PendingReference]) -> Any:
    """Settle one thing's references; gives the thing when it changed."""
    thing = importer.load([object_id]).get(object_id)
    waiting = PendingReference.objects.filter(kind=importer.kind, object_id=object_id)
    if thing is None:
        waiting.delete()
        return None
    origin = ImportedRecord.objects.filter(kind=importer.kind, object_id=object_id).first()
    as_imported = origin is not None and fingerprint(importer, thing) == origin.fingerprint
    texts: dict[str, Any] = {}
    changed = False
    for row in rows:
        target = run.book.find(row.scope, row.address)
        if "href" in row.data:
            text = texts.get(row.field, getattr(thing, row.field))
            texts[row.field] = relink(text, row.data["href"], link_to(target, row.data["was"]))
            waiting.filter(field=row.field, data=row.data).delete()
        else:
            reference = Reference(row.field, row.scope, row.address, row.data)
            changed |= importer.settle(thing, reference, target[0], target[1], run)
            row.delete()
    texts = {name: text for name, text in texts.items() if text != getattr(thing, name)}
    if texts:
        importer.update(thing, texts, None, run)
    if origin is not None and as_imported and (texts or changed):
        origin.fingerprint = fingerprint(importer, thing)
        origin.save(update_fields=["fingerprint"])
    return thing if texts or changed else None
