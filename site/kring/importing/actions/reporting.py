"""What an import did, told while it happens."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .storing import Outcome


@dataclass
class Report:
    """What happened. The callbacks are told while it happens; places read `file:line`."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    waiting: int = 0
    on_reject: Callable[[str, str], None] | None = None
    on_keep: Callable[[str, str], None] | None = None
    on_progress: Callable[[int, int], None] | None = None

    def reject(self, place: str, reason: str) -> None:
        self.counts[Outcome.REJECTED] += 1
        self.rejected.append((place, reason))
        if self.on_reject:
            self.on_reject(place, reason)

    def keep(self, place: str, reason: str) -> None:
        self.counts[Outcome.KEPT] += 1
        self.kept.append((place, reason))
        if self.on_keep:
            self.on_keep(place, reason)
