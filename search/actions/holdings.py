"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from django.db import transaction

from kring.people.models import User

from ..models import RecentSearch, SavedSearch, SearchesUnkept
from .recent import keeps_searches


def holdings_of(user: User) -> dict[str, Any]:
    """What they searched for lately and what they saved, and whether searches are kept at all."""
    recent = RecentSearch.objects.filter(user=user).order_by("-at", "-pk")
    saved = SavedSearch.objects.filter(user=user).order_by("created_at", "pk")
    return {
        "recent": list(recent.values("words", "query", "at")),
        "saved": list(saved.values("name", "query", "alert", "created_at", "looked_at")),
        "keeps_recent": keeps_searches(user),
    }


@transaction.atomic
def erase_searches(user: User) -> None:
    """All of it goes."""
    for model in (RecentSearch, SavedSearch, SearchesUnkept):
        model.objects.filter(user=user).delete()
