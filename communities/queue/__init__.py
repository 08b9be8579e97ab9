"""What waits for moderators: a registry of kinds of items, and the kinds of this app."""

from typing import Any

from django.utils.translation import gettext_lazy

from .alike import alike_items, alike_pairs
from .asked import asked_items
from .people import (
    appeal_items,
    appeals,
    opening_items,
    openings,
    question_items,
    request_items,
    requests,
    unanswered,
)
from .registry import Act, Item, Kind, looked_after_by, queue_kinds, register_queue, waiting_count, waiting_in
from .talk import held, held_items, held_talk, held_talk_items, report_items

__all__ = [
    "Act",
    "Item",
    "Kind",
    "looked_after_by",
    "queue_kinds",
    "register_queue",
    "register_queues",
    "waiting_count",
    "waiting_in",
]


# In the order in which they stand on the page; the last is of no community.
QUEUES: tuple[tuple[str, Any, Any, Any], ...] = (
    (
        "held",
        gettext_lazy("Held posts"),
        lambda *of: len(held(*of)) + len(held_talk(*of)),
        lambda *of: [*held_talk_items(*of), *held_items(*of)],
    ),
    ("reports", gettext_lazy("Reports"), lambda *of: len(report_items(*of)), report_items),
    (
        "requests",
        gettext_lazy("Who asks to be let in"),
        lambda user, communities: requests(communities).count(),
        request_items,
    ),
    (
        "appeals",
        gettext_lazy("To look at again"),
        lambda *of: appeals(*of).exclude(decision__by=of[0].pk).count(),
        appeal_items,
    ),
    ("openings", gettext_lazy("Seals to open, or not"), lambda *of: len(openings(*of)), opening_items),
    (
        "questions",
        gettext_lazy("Questions without an answer for two days"),
        lambda *of: unanswered(*of).count(),
        question_items,
    ),
    ("alike", gettext_lazy("Perhaps the same twice"), lambda *of: len(alike_pairs(*of)), alike_items),
    ("asked", gettext_lazy("What people look for"), lambda *of: len(asked_items(*of)), asked_items),
)


def register_queues() -> None:
    for order, (key, label, count, items) in enumerate(QUEUES, 1):
        register_queue(Kind(key, label, count, items, order=10 * order, everywhere=key == "asked"))
