"""`kring import KIND FILE…`: content from JSON lines."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from kring.importing.actions import Outcome, Report, UnusableError, import_files
from kring.importing.actions.preparing import prepare_database
from kring.importing.actions.progress import Progress, left_out_lines, outcome_label, waiting_lines

REJECTED, UNUSABLE, INTERRUPTED = 1, 2, 130


class Command(BaseCommand):
    help = "Import content: skills, people, communities, lessons, pages or threads, from JSON lines."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND")
        parser.add_argument("files", metavar="FILE", nargs="+")
        parser.add_argument(
            "--community", default="", metavar="ID|SLUG|TITLE", help="where records without a community go"
        )
        parser.add_argument(
            "--create-community", default="", metavar="TITLE", help="the same; made when there is none"
        )
        parser.add_argument("--dry-run", action="store_true", help="check and count, change nothing")
        parser.add_argument("--quiet", action="store_true", help="print rejected records only")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *, kind: str, files: list[str], **options: Any) -> None:
        progress = Progress(sys.stderr, quiet=options["quiet"])
        report = Report(
            on_reject=lambda place, reason: progress.line(f"{place}: {reason}"),
            on_keep=None if options["quiet"] else lambda place, reason: progress.line(f"{place}: {reason}"),
            on_progress=progress.show,
        )
        try:
            prepare_database()
            import_files(
                kind=kind,
                files=files,
                community=options["community"],
                create_community=options["create_community"],
                dry_run=options["dry_run"],
                report=report,
            )
        except UnusableError as error:
            progress.line(str(error))
            sys.exit(UNUSABLE)
        except KeyboardInterrupt:
            progress.line(_("Stopped. Start the same command again to go on where it was."))
            sys.exit(INTERRUPTED)
        finally:
            progress.clear()
        self._print(report, options)
        if report.counts[Outcome.REJECTED]:
            sys.exit(REJECTED)

    def _print(self, report: Report, options: dict[str, Any]) -> None:
        if options["json"]:
            counts = {outcome.value: report.counts[outcome] for outcome in Outcome}
            self.stdout.write(json.dumps(counts | {"waiting": report.waiting, "dry_run": options["dry_run"]}))
            return
        if options["quiet"]:
            return
        counted = ", ".join(f"{report.counts[outcome]} {outcome_label(outcome)}" for outcome in Outcome)
        self.stdout.write(
            f"{_('Nothing was changed. It would be')}: {counted}" if options["dry_run"] else counted
        )
        if not report.counts:
            self.stdout.write(_("The file holds no records."))
        for line in (*waiting_lines(report), *left_out_lines(report)):
            self.stdout.write(line)
