"""`kring load FOLDER`: every file of a folder that can be imported, in the right order."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from kring.importing.actions import Outcome, Report, UnusableError
from kring.importing.actions.folder import Loaded, load_folder, look_through
from kring.importing.actions.preparing import prepare_database
from kring.importing.actions.progress import Progress, left_out_lines, outcome_label, waiting_lines
from kring.importing.registry import importers

from .import_content import INTERRUPTED, REJECTED, UNUSABLE


def _title(word: str) -> tuple[str, str]:
    source, sign, title = word.partition("=")
    if not sign or not source.strip() or not title.strip():
        raise ArgumentTypeError("write it as SOURCE=TITLE")
    return source.strip(), title.strip()


class Command(BaseCommand):
    help = "Load a folder of JSON lines: skills, people, communities, lessons, pages and threads."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)
        parser.add_argument(
            "--community",
            default="",
            metavar="ID|SLUG|TITLE",
            help="where records without a community go, instead of one community for each source",
        )
        parser.add_argument(
            "--create-community", default="", metavar="TITLE", help="the same; made when there is none"
        )
        parser.add_argument(
            "--title",
            action="append",
            default=[],
            type=_title,
            metavar="SOURCE=TITLE",
            help="what the community of this source is called; may be repeated",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and count, change nothing")
        parser.add_argument("--quiet", action="store_true", help="print rejected records only")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *, folder: Path, **options: Any) -> None:
        progress = Progress(sys.stderr, quiet=options["quiet"])
        table = Table(progress, sys.stdout, shown=not (options["quiet"] or options["json"]))
        try:
            contents = look_through(folder)
            for path, reason in contents.others:
                if not options["quiet"]:
                    progress.line(f"{path}: {reason}")
            prepare_database()
            loaded = load_folder(
                contents,
                community=options["community"],
                create_community=options["create_community"],
                titles=dict(options["title"]),
                dry_run=options["dry_run"],
                make_report=lambda kind: _report(kind, progress, quiet=options["quiet"]),
                on_kind=table.row,
            )
        except UnusableError as error:
            progress.line(str(error))
            sys.exit(UNUSABLE)
        except KeyboardInterrupt:
            progress.line(_("Stopped. Start the same command again to go on where it was."))
            sys.exit(INTERRUPTED)
        finally:
            progress.clear()
        if options["json"]:
            self.stdout.write(json.dumps(_counts(loaded, dry_run=options["dry_run"])))
        else:
            table.end(loaded, dry_run=options["dry_run"])
        if any(one.report.counts[Outcome.REJECTED] for one in loaded):
            sys.exit(REJECTED)


def _report(kind: str, progress: Progress, *, quiet: bool) -> Report:
    label = str(importers()[kind].label)
    return Report(
        on_reject=lambda place, reason: progress.line(f"{place}: {reason}"),
        on_keep=None if quiet else lambda place, reason: progress.line(f"{place}: {reason}"),
        on_progress=lambda done, total: progress.show(done, total, label),
    )


def _counts(loaded: list[Loaded], *, dry_run: bool) -> dict[str, Any]:
    kinds = {one.kind: {outcome.value: one.report.counts[outcome] for outcome in Outcome} for one in loaded}
    return {"kinds": kinds, "waiting": loaded[-1].report.waiting, "dry_run": dry_run}


class Table:
    """A row for each kind as soon as it is done."""

    def __init__(self, progress: Progress, stream: Any, *, shown: bool) -> None:
        self.progress, self.stream, self.shown = progress, stream, shown
        self.heads = [outcome_label(outcome) for outcome in Outcome]
        self.begun = False

    def row(self, one: Loaded) -> None:
        if not self.shown:
            return
        if not self.begun:
            self._write("", _("files"), self.heads, _("seconds"))
            self.begun = True
        counts = [str(one.report.counts[outcome]) for outcome in Outcome]
        self._write(str(importers()[one.kind].label), str(one.files), counts, f"{one.seconds:.1f}")

    def _write(self, kind: str, files: str, cells: list[str], seconds: str) -> None:
        self.progress.clear()
        columns = "".join(f"  {cell:>{len(head)}}" for cell, head in zip(cells, self.heads, strict=True))
        print(f"{kind:<12} {files:>8}{columns}  {seconds:>8}", file=self.stream, flush=True)

    def end(self, loaded: list[Loaded], *, dry_run: bool) -> None:
        if not self.shown:
            return
        if dry_run:
            print(_("Nothing was changed: this is what would happen."), file=self.stream)
        for line in waiting_lines(loaded[-1].report):
            print(line, file=self.stream)
        for one in loaded:
            for line in left_out_lines(one.report):
                print(f"{importers()[one.kind].label}: {line}", file=self.stream)
