"""A line of progress on a terminal."""

import sys
from typing import TextIO

from django.utils.translation import gettext as _

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


class Progress:
    """A bar that redraws itself; silent where nobody watches. Lines are printed above it."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self.stream = stream or sys.stderr
        self.drawn = False
        self.active = self.stream.isatty() and not quiet

    def show(self, done: int, total: int) -> None:
        if not self.active:
            return
        share = done / total if total else 1.0
        bar = "█" * int(share * WIDTH)
        self.stream.write(f"\r{bar:░<{WIDTH}} {share:4.0%}")
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
