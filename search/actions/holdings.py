"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from django.db import transaction

from kring.people.models import User

from ..models import NotAlike, Pin, RecentSearch, SavedSearch, SearchesUnkept, Synonyms
from ..showing import PERSON
from .pinning import unpin_person
from .recent import keeps_searches


def holdings_of(user: User) -> dict[str, Any]:
    """What they searched for lately and what they saved, whether searches are kept at all, and what they did
    for everybody's results, and the words for which they stand first themselves."""
    recent = RecentSearch.objects.filter(user=user).order_by("-at", "-pk")
    saved = SavedSearch.objects.filter(user=user).order_by("created_at", "pk")
    synonyms = Synonyms.objects.filter(by=user).order_by("pk")
    return {
        "recent": list(recent.values("words", "query", "at")),
        "saved": list(saved.values("name", "query", "alert", "created_at", "looked_at")),
        "keeps_recent": keeps_searches(user),
        "synonyms": list(synonyms.values("language", "words", "one_way", "changed_at")),
        "pinned": list(Pin.objects.filter(by=user).order_by("pk").values("words", "kind", "object_id", "at")),
        "pinned_to": list(_pins_to(user).values("words", "at")),
        "set_apart": list(NotAlike.objects.filter(by=user).order_by("pk").values("pair", "at")),
    }


def _pins_to(user: User) -> Any:
    return Pin.objects.filter(kind=PERSON, object_id=user.pk).order_by("pk")


@transaction.atomic
def erase_searches(user: User) -> None:
    """All of it goes, but what they did for everybody's results: that stays, without their name."""
    for model in (RecentSearch, SavedSearch, SearchesUnkept):
        model.objects.filter(user=user).delete()
    unpin_person(user)
    for tended in (Synonyms, Pin, NotAlike):
        tended.objects.filter(by=user).update(by=None)
