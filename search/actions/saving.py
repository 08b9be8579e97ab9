"""Searches that a person saves, to come back to or to hear of."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.indexing.registry import audience_of
from kring.people.models import User

from ..forms import Asked
from ..models import SavedSearch
from ..results import UnavailableError, find

MOST = 100
LOOKED_AT = 200
LONGEST_NAME, LONGEST_QUERY = 200, 1000


def save_search(
    *, asked: Asked, by: User, name: str = "", alert: str = SavedSearch.Alert.NONE
) -> SavedSearch:
    """Save it under a name, by default its words; one that is saved already gets the new name and alert.

    Raises ValidationError for a search without words and choices, one too long, and too many of them.
    """
    query = asked.address().removeprefix("?")
    if not (asked.words or asked.narrowed):
        raise ValidationError(_("Type some words first, or choose something to narrow by."))
    if len(query) > LONGEST_QUERY:
        raise ValidationError(_("That is too much to save. Leave some of your choices out."))
    _check(alert)
    # Asked outside the transaction: the engine takes its time.
    seen = found_now(asked, by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        mine = SavedSearch.objects.filter(user=by)
        if mine.exclude(query=query).count() >= MOST:
            raise ValidationError(_("You saved a hundred searches: remove one first."))
        name = " ".join(name.split())[:LONGEST_NAME] or asked.words[:LONGEST_NAME] or _("Without words")
        values = {"name": name, "alert": alert, "looked_at": timezone.now(), "seen": seen}
        return SavedSearch.objects.update_or_create(user=by, query=query, defaults=values)[0]


@transaction.atomic
def change_search(*, saved: SavedSearch, name: str, alert: str, by: User) -> None:
    """Rename it, and choose what to hear of it. Raises ValidationError for an empty name."""
    _is_own(saved, by)
    _check(alert)
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise ValidationError(_("Give it a name."))
    if alert != saved.alert:
        saved.looked_at = timezone.now()
    saved.name, saved.alert = name, alert
    saved.save()


def remove_search(*, saved: SavedSearch, by: User) -> None:
    _is_own(saved, by)
    saved.delete()


def found_now(asked: Asked, user: Any) -> list[str]:
    """What this search finds for this person, so that the rest is new. Nothing while there is no answer."""
    query = asked.query(audience_of(user), per_page=LOOKED_AT, facets=())
    try:
        results = find(user, query)
    except UnavailableError:
        return []
    return [hit.thing for hit in results.hits] if results.exact else []


def _is_own(saved: SavedSearch, by: User) -> None:
    if saved.user_id != by.pk:
        raise PermissionDenied


def _check(alert: str) -> None:
    if alert not in SavedSearch.Alert.values:
        raise ValidationError(_("Choose what you want to hear."))
