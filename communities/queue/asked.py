"""What people look for and do not find, or do not open."""

from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.asked import waiting
from search.models import AskedWords

from ..models import CommunityPage
from .registry import Act, Item

SHOWN = 10


def asked_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    """What most people ask for first. Of no community: whoever sees to it, sees to it for all."""
    return [_item(row, is_empty) for row, is_empty in waiting()[:SHOWN]]


def _item(row: AskedWords, is_empty: bool) -> Item:
    title = ngettext(
        "%(count)d person searched for “%(words)s”", "%(count)d people searched for “%(words)s”", row.askers
    )
    page = f"{reverse('search')}?{urlencode({'q': row.words})}"
    return Item(
        key=f"asked-{row.pk}",
        title=title % {"count": row.askers, "words": row.words},
        url=page,
        at=timezone.make_aware(datetime.combine(row.month, time())),
        community=None,
        why=[_why(row, is_empty)],
        acts=_acts(row, page),
    )


def _why(row: AskedWords, is_empty: bool) -> str:
    if not is_empty:
        return _("Something is found, and hardly anybody opens it.")
    return _("They found nothing.") if row.empty == row.searches else _("Most of the time nothing was found.")


def _acts(row: AskedWords, page: str) -> list[Act]:
    ask = f"{reverse('discussion_new')}?{urlencode({'title': row.words})}"
    acts = [
        Act(_("Ask who can write about it"), ask, posts=False),
        Act(_("Pin a result"), page, posts=False),
    ]
    synonyms = f"{reverse('synonyms_add')}?{urlencode({'words': row.words})}"
    acts.append(Act(_("Add a synonym"), synonyms, posts=False))
    return [*acts, Act(_("Set aside"), reverse("asked_settle"), {"words": row.words})]
