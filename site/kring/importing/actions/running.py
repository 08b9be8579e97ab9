"""One import: lines in, batches of transactions, an outcome for each record."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from ..models import ImportedRecord
from ..registry import Importer, Transform, importers, preparations
from .quiet import quiet_wagtail
from .reading import Line, RejectedError, UnusableError, check_file, digest, read_lines, record_id
from .reporting import Report
from .settling import settle_references
from .sharing import Run
from .storing import Outcome, store

BATCH = 50


def import_files(
    *,
    kind: str,
    files: Iterable[Path | str],
    community: str = "",
    create_community: str = "",
    titles: dict[str, str] | None = None,
    dry_run: bool = False,
    transform: Transform | None = None,
    report: Report | None = None,
) -> Report:
    """Import records of one kind. Everything that can be imported is; the report names the rest.

    Each batch is one transaction, so an import that was cut off goes on when it is started again.
    With `titles` (source to title; may be empty) records without a community go to one for their source.
    `transform` changes each record before it is read; a record counts as unchanged by what it was before.
    Raises UnusableError when the command cannot run at all.
    """
    report = report or Report()
    paths = [Path(file) for file in files]
    importer = importers().get(kind)
    if importer is None or not importer.offered:
        known = ", ".join(name for name, one in importers().items() if one.offered)
        raise UnusableError(
            _("unknown kind “%(kind)s”; known are %(known)s") % {"kind": kind, "known": known}
        )
    if not paths:
        raise UnusableError(_("name at least one file"))
    for path in paths:
        check_file(path)
    with transaction.atomic() if dry_run else nullcontext():
        _import(importer, paths, community, create_community, titles, transform, report)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _import(
    importer: Importer,
    paths: list[Path],
    community: str,
    create_community: str,
    titles: dict[str, str] | None,
    transform: Transform | None,
    report: Report,
) -> None:
    with quiet_wagtail():
        for prepare in preparations():
            prepare()
        run = Run(importer, _community(community, create_community), titles)
        refused = importer.survey(_records(paths))
        total = sum(path.stat().st_size for path in paths)
        done = 0
        for path, name in zip(paths, _names(paths), strict=True):
            seen: dict[str, int] = {}
            run.file = name
            for batch in _batches(read_lines(path)):
                _import_batch(run, batch, name, seen, refused, transform, report)
                if report.on_progress:
                    report.on_progress(done + _position(path, batch), total)
            done += path.stat().st_size
        report.waiting = settle_references(run)


def _community(wanted: str, create: str) -> int | None:
    if not wanted and not create:
        return None
    communities = importers()["communities"]
    if (found := communities.find(wanted or create)) is not None:
        return found
    if not create:
        raise UnusableError(_("there is no community “%(community)s”") % {"community": wanted})
    with transaction.atomic():
        return communities.make(create, "")


def _names(paths: list[Path]) -> list[str]:
    """File names without folder, unless two different files of one run share theirs."""
    folders: dict[str, set[Path]] = {}
    for path in paths:
        folders.setdefault(path.name, set()).add(path.resolve())
    return [
        p.name if len(folders[p.name]) == 1 else f"{p.resolve().parent.name}/{p.name}"[:255] for p in paths
    ]


def _records(paths: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in paths:
        for line in read_lines(path):
            if line.record is not None:
                try:
                    yield record_id(line.record), line.record
                except RejectedError:
                    continue


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, BATCH)):
        yield batch


def _position(path: Path, batch: list[Line]) -> int:
    return min(batch[-1].end, path.stat().st_size)


def _import_batch(
    run: Run,
    batch: list[Line],
    file: str,
    seen: dict[str, int],
    refused: dict[str, str],
    transform: Transform | None,
    report: Report,
) -> None:
    """One transaction: read what is known of these records, store each inside its own savepoint."""
    with transaction.atomic():
        known: dict[str, list[ImportedRecord]] = {}
        ids = [str(line.record.get("id", "")).strip() for line in batch if line.record]
        for row in ImportedRecord.objects.filter(kind=run.importer.kind, source_id__in=ids):
            known.setdefault(row.source_id, []).append(row)
        present = run.importer.load({row.object_id for rows in known.values() for row in rows})
        run.touched = {}
        for line in batch:
            if line.record is None:
                report.reject(line.place, line.reason)
                continue
            try:
                source_id = record_id(line.record)
                if source_id in seen:
                    raise RejectedError(
                        _("id “%(id)s” stands on line %(line)s already")
                        % {"id": source_id, "line": seen[source_id]}
                    )
                seen[source_id] = line.number
                if source_id in refused:
                    raise RejectedError(refused[source_id])
                outcome, note = _store_one(run, line.record, source_id, file, known, present, transform)
            except RejectedError as error:
                report.reject(line.place, str(error))
                continue
            if outcome is Outcome.KEPT:
                report.keep(line.place, note)
            else:
                report.counts[outcome] += 1
            report.left_out.update(_unknown(run.importer, line.record))
        run.importer.finish(list(run.touched.values()), run)


def _store_one(
    run: Run,
    record: dict[str, Any],
    source_id: str,
    file: str,
    known: dict[str, list[ImportedRecord]],
    present: dict[int, Any],
    transform: Transform | None,
) -> tuple[Outcome, str]:
    """Store one record in a savepoint; every way in which it can fail becomes a RejectedError."""
    record_hash = digest(record)
    rows = known.setdefault(source_id, [])
    if (mine := next((row for row in rows if row.file == file), None)) and mine.record_hash == record_hash:
        if mine.object_id in present:
            return Outcome.UNCHANGED, ""
        return Outcome.KEPT, _("was removed on the site and stays removed")
    run.book.begin()
    before = dict(run.touched)
    try:
        with transaction.atomic():
            changed = transform(record) if transform else record
            return store(run, changed, record_hash, source_id, file, rows, present)
    except BaseException as error:
        run.book.undo()
        run.touched = before
        if isinstance(error, RejectedError):
            raise
        if isinstance(error, ValidationError):
            raise RejectedError(_reasons(error)) from None
        if isinstance(error, RecursionError):
            raise RejectedError(_("nested too deeply")) from None
        if isinstance(error, DatabaseError | ValueError | TypeError | OverflowError):
            raise RejectedError(_("cannot be stored: %(error)s") % {"error": error}) from None
        raise


def _reasons(error: ValidationError) -> str:
    if hasattr(error, "error_dict"):
        return "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
    return " ".join(error.messages)


def _unknown(importer: Importer, record: dict[str, Any]) -> list[str]:
    return [name for name in record if importer.fields and name not in importer.fields]
