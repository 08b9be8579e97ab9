"""Deciding what a record changes: a new thing, new values, missing values only, or nothing."""

from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ..models import ImportedRecord
from ..registry import Draft
from .links import by_id, save_references
from .reading import digest

EMPTY: tuple[Any, ...] = (None, "", [], {})


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    REJECTED = "rejected"


def fingerprint(importer: Any, thing: models.Model) -> str:
    return digest(importer.state(thing))


def store(
    run: Any,
    record: dict[str, Any],
    record_hash: str,
    source_id: str,
    file: str,
    rows: list[ImportedRecord],
    present: dict[int, models.Model],
) -> tuple[Outcome, str]:
    """Store a record that is new or differs from what this file gave before. Runs in a savepoint."""
    importer = run.importer
    draft = importer.read(record, run)
    draft.values = {name: value for name, value in draft.values.items() if value not in EMPTY}
    keys = [by_id(source_id), *draft.addresses]
    mine = next((row for row in rows if row.file == file), None)
    if rows:
        thing = present.get(rows[0].object_id)
        if thing is None:
            return Outcome.KEPT, _("was removed on the site and stays removed")
        return _change(run, thing, draft, record, record_hash, source_id, file, rows, mine, keys)
    thing = importer.adopt(draft, record, run)
    fields = list(draft.values)
    if thing is None:
        thing = importer.create(draft, record, run)
        outcome = Outcome.CREATED
    elif importer.overwrites(thing):
        importer.update(thing, draft.values, draft, run)
        importer.place(thing, draft, run)
        outcome = Outcome.CREATED
    else:
        given = _missing(importer, thing, draft)
        importer.update(thing, given, draft, run)
        fields, outcome = list(given), Outcome.UPDATED
    _remember(run, thing, draft, keys, set(fields), every=True)
    importer.enrich(thing, draft, record, run)
    row = ImportedRecord.objects.create(
        kind=importer.kind,
        source_id=source_id,
        file=file,
        object_id=thing.pk,
        record_hash=record_hash,
        fingerprint=fingerprint(importer, thing),
        place=digest(draft.place),
        fields=fields,
    )
    rows.append(row)
    present[thing.pk] = thing
    return outcome, ""


def _missing(importer: Any, thing: models.Model, draft: Draft) -> dict[str, Any]:
    state = importer.state(thing)
    return {name: value for name, value in draft.values.items() if state.get(name) in EMPTY}


def _change(
    run: Any,
    thing: models.Model,
    draft: Draft,
    record: dict[str, Any],
    record_hash: str,
    source_id: str,
    file: str,
    rows: list[ImportedRecord],
    mine: ImportedRecord | None,
    keys: list[tuple[str, str]],
) -> tuple[Outcome, str]:
    """A record whose thing exists: the origin's values replace, those of other files fill gaps."""
    importer, origin = run.importer, rows[0]
    if fingerprint(importer, thing) != origin.fingerprint:
        importer.enrich(thing, draft, record, run)
        return Outcome.KEPT, _("was changed on the site; the site's text stays")
    given = _given(importer, thing, draft, rows, mine)
    state = importer.state(thing)
    if given:
        importer.update(thing, given, draft, run)
    moved = mine is origin and origin.place != digest(draft.place)
    if moved:
        importer.place(thing, draft, run)
    _remember(run, thing, draft, keys, set(given), every=mine is origin)
    enriched = importer.enrich(thing, draft, record, run)
    if mine is None:
        mine = ImportedRecord(kind=importer.kind, source_id=source_id, file=file, object_id=thing.pk)
        rows.append(mine)
    mine.record_hash = record_hash
    mine.fields = sorted({*mine.fields, *given} if mine is not origin else {*draft.values})
    mine.place = digest(draft.place)
    mine.save()
    changed = importer.state(thing) != state
    if changed:
        origin.fingerprint = fingerprint(importer, thing)
        origin.save(update_fields=["fingerprint"])
    return (Outcome.UPDATED if changed or moved or enriched else Outcome.UNCHANGED), ""


def _given(
    importer: Any, thing: models.Model, draft: Draft, rows: list[ImportedRecord], mine: ImportedRecord | None
) -> dict[str, Any]:
    """The values that this file may set now; a value it no longer has becomes empty."""
    if mine is rows[0]:
        others = {name for row in rows[1:] for name in row.fields}
        gone = {name for name in mine.fields if name not in draft.values and name not in others}
        return draft.values | importer.emptied(gone)
    owned = set(mine.fields) if mine else set()
    missing = _missing(importer, thing, draft)
    gone = {name for name in owned if name not in draft.values}
    kept = {name: value for name, value in draft.values.items() if name in owned or name in missing}
    return kept | importer.emptied(gone)


def _remember(
    run: Any, thing: models.Model, draft: Draft, keys: list[tuple[str, str]], fields: set[str], *, every: bool
) -> None:
    """Write the thing's addresses, and what it waits for in the fields that were set."""
    kind = run.importer.kind
    run.book.add(kind, thing.pk, keys)
    mine = [r for r in draft.references if "href" not in r.data or r.field in fields]
    if not every:
        mine = [r for r in mine if "href" in r.data]
    replaced = fields | ({r.field for r in mine if "href" not in r.data} if every else set())
    if replaced:
        save_references(kind, thing.pk, mine, replaced)
