"""Telling people what is new in a search that they saved, of what they may read at that time."""

from dataclasses import replace
from datetime import datetime

import structlog
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.indexing.registry import audience_of
from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification

from ..engines import Hit
from ..forms import read
from ..models import SavedSearch
from ..results import UnavailableError, find
from .saving import LOOKED_AT

log = structlog.get_logger("kring.search")
# So many things are remembered of one search; the oldest go first.
REMEMBERED = 1000
LONGEST_URL = 500


def tell_what_is_new(now: datetime) -> int:
    """Look through all saved searches whose people want to hear of them; how many of these were told.

    Twice is as once. Where search has no answer, what is new waits for the next time.
    """
    wanted = SavedSearch.objects.exclude(alert=SavedSearch.Alert.NONE).filter(user__is_active=True)
    told = 0
    for pk in list(wanted.order_by("pk").values_list("pk", flat=True)):
        try:
            told += _look(pk, now)
        except UnavailableError:
            log.info("saved searches wait until search answers again")
            break
    return told


def _look(pk: int, now: datetime) -> bool:
    saved = SavedSearch.objects.select_related("user").filter(pk=pk).first()
    new = _new_in(saved) if saved else []
    return bool(new) and _tell_once(pk, new, now)


@transaction.atomic
def _tell_once(pk: int, new: list[Hit], now: datetime) -> bool:
    """Whether they were told; not of what they changed or heard of meanwhile."""
    rows = SavedSearch.objects.select_for_update(of=("self",)).select_related("user")
    saved = rows.exclude(alert=SavedSearch.Alert.NONE).filter(pk=pk).first()
    if saved is None:
        return False
    new = [hit for hit in new if hit.thing not in set(saved.seen)]
    if not new or not _tell(saved, len(new)):
        return False
    saved.seen = [*saved.seen, *(hit.thing for hit in new)][-REMEMBERED:]
    saved.looked_at = now
    if saved.alert == SavedSearch.Alert.FIRST:
        saved.alert = SavedSearch.Alert.NONE
    saved.save(update_fields=["seen", "looked_at", "alert"])
    return True


def _new_in(saved: SavedSearch) -> list[Hit]:
    """The latest that it finds now and never did before, and that is of others.

    A community in it that the person may no longer read leaves nothing to tell: read() would look everywhere.
    """
    reading = read(QueryDict(saved.query), saved.user)
    if reading.unknown:
        return []
    asked = replace(reading.asked, sort="newest", page=0)
    results = find(saved.user, asked.query(audience_of(saved.user), per_page=LOOKED_AT, facets=()))
    seen, own = set(saved.seen), str(saved.user_id)
    hits = [hit for hit in results.hits if hit.thing not in seen and own not in hit.people]
    if not results.exact:
        return []
    if saved.alert == SavedSearch.Alert.FIRST:
        # Somebody else who asks the same is no answer.
        hits = [hit for hit in hits if hit.kind != "question" or hit.facts.get("answers")]
    return hits


def _tell(saved: SavedSearch, number: int) -> bool:
    """Whether they were told; who has not read the last one hears it with the next."""
    once = saved.alert == SavedSearch.Alert.FIRST
    url = saved.url if once or "sort=" in saved.query else f"{saved.url}&sort=newest"
    rows = notify(
        kind="search.first" if once else "search.new",
        recipients=[saved.user],
        actor=None,
        title=saved.name,
        url=url if len(url) <= LONGEST_URL else reverse("own_searches"),
        group_key=f"search:{saved.pk}",
        data={"count": number},
        once_unread=True,
    )
    return bool(rows)


def _new(row: Notification) -> str:
    count = int(row.data.get("count", 1))
    words = ngettext(
        "%(count)d new result for a search of yours", "%(count)d new results for a search of yours", count
    )
    return words % {"count": count}


def _first(row: Notification) -> str:
    return _("There is an answer to a search of yours")


def register_kinds() -> None:
    label, why = (
        gettext_lazy("What is new in your saved searches"),
        gettext_lazy("because you saved this search"),
    )
    register_kind("search.new", _new, label, group="search.saved", why=why)
    register_kind("search.first", _first, label, group="search.saved", why=why)
