"""What a terminal is told: a line of progress, and what became of the records."""

import sys
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .reporting import Report
from .storing import Outcome

WIDTH = 30


def outcome_label(outcome: Outcome) -> str:
    return {
        Outcome.CREATED: _("created"),
        Outcome.UPDATED: _("updated"),
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.KEPT: _("kept as they are on the site"),
        Outcome.REJECTED: _("rejected"),
    }[outcome]


def waiting_lines(report: Report) -> list[str]:
    if not report.waiting:
        return []
    said = ngettext(
        "%(count)s reference leads to a record that is not here yet; it is set when that arrives.",
        "%(count)s references lead to records that are not here yet; they are set when those arrive.",
        report.waiting,
    )
    return [said % {"count": report.waiting}]


def left_out_lines(report: Report) -> list[str]:
    """A line for each field that nothing is known of."""
    lines = []
    for name, count in report.left_out.most_common():
        said = ngettext(
            "Left out: the field “%(name)s”, in %(count)s record.",
            "Left out: the field “%(name)s”, in %(count)s records.",
            count,
        )
        lines.append(said % {"name": name, "count": count})
    return lines


class Progress:
    """A bar that redraws itself; silent where nobody watches. Lines are printed above it."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self.stream = stream or sys.stderr
        self.drawn = False
        self.active = self.stream.isatty() and not quiet

    def show(self, done: int, total: int, label: str = "") -> None:
        if not self.active:
            return
        share = done / total if total else 1.0
        bar = "█" * int(share * WIDTH)
        self.stream.write(f"\r\x1b[K{bar:░<{WIDTH}} {share:4.0%} {label}".rstrip())
        self.stream.flush()
        self.drawn = True

    def clear(self) -> None:
        if self.drawn:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.drawn = False

    def line(self, text: str) -> None:
        self.clear()
        self.stream.write(text + "\n")
