"""The synonyms that moderators keep, ready for queries: as the database has them now."""

from typing import Any

from django.db.models import Count, Max, Sum

from .models import Synonyms
from .thesaurus import Alike, Thesaurus

# What the database held when this process read it last, and the thesaurus made of it.
_kept: tuple[dict[str, Any], Thesaurus] | None = None


def thesaurus() -> Thesaurus:
    """One small query each time, so that what another process changed counts at once."""
    global _kept
    state = _state()
    kept = _kept
    if kept is None or kept[0] != state:
        kept = _kept = (state, Thesaurus(_rows()))
    return kept[1]


def _state() -> dict[str, Any]:
    """Other numbers after every change: numbers of rows are never given twice, and each change counts."""
    return Synonyms.objects.aggregate(
        rows=Count("pk"), newest=Max("pk"), changes=Sum("version"), at=Max("changed_at")
    )


def _rows() -> list[Alike]:
    rows = Synonyms.objects.order_by("pk").values_list("language", "words", "one_way")
    return [Alike(language, written(words), one_way) for language, words, one_way in rows]


def written(text: str) -> tuple[str, ...]:
    """The words and phrases of a row, one by one."""
    return tuple(one for one in (" ".join(part.split()) for part in text.split(",")) if one)
