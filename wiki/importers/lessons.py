"""Lessons learned."""

from typing import Any

from django.utils.translation import gettext_lazy

from kring.importing.actions import texts
from kring.importing.actions import values as read
from kring.importing.registry import Draft

from ..models import LessonPage
from . import shapes
from .base import COMMON, WikiImporter

APPLIES_LENGTH = 300


class LessonsImporter(WikiImporter):
    kind = "lessons"
    label = gettext_lazy("lessons")
    model = LessonPage
    searchable = "lesson"
    texts = LessonPage.PARTS
    plain = ("outcome", "applies_where", "occurred_on")
    fields = (
        COMMON
        | {f"{part}{form}" for part in LessonPage.PARTS for form in ("", "_markdown", "_html")}
        | {"outcome", "applies_where", "applies_to", "occurred_on", "subtype", "sections", "themes", "date"}
        | {"context", "lesson", "recommendation", "organisation", "directorate", "target_group", "method"}
        | {"safety_issue", "author", "author_is_synthetic"}
    )

    def read(self, record: dict[str, Any], run: Any) -> Draft:
        record = shapes.lesson(record)
        where = read.line(record, "applies_where")
        if len(where) > APPLIES_LENGTH:
            record["facts"] = texts.from_plain(where) + record["facts"]
        draft = self.read_page(record, run)
        draft.values |= {
            "outcome": read.one_of(record, "outcome", ["", *LessonPage.Outcome.values], ""),
            "applies_where": read.shorten(where, APPLIES_LENGTH),
            "occurred_on": read.day(record, "occurred_on"),
        }
        return draft

    def title_of(self, parts: dict[str, str], summary: str) -> str:
        """What was learned says more than how it began."""
        ordered = {name: parts[name] for name in ("learned", "happened", *parts)}
        return super().title_of(ordered, summary)
