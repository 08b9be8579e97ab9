"""What looks like the same written down twice."""

from contextlib import suppress
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from search.alike import doubles_in, pair_name, thing_named
from search.engines import Hit
from search.things import hits_of

from ..models import CommunityPage
from .registry import Act, Item

SHOWN = 20
PAGES = {"lesson", "article"}


def alike_pairs(user: Any, communities: dict[int, CommunityPage]) -> list[tuple[str, str]]:
    return doubles_in(user, communities, most=SHOWN)


def alike_items(user: Any, communities: dict[int, CommunityPage]) -> list[Item]:
    """The likeliest first; where both are looked after by this person."""
    pairs = alike_pairs(user, communities)
    hits = {hit.thing: hit for hit in hits_of({thing_named(thing) for pair in pairs for thing in pair})}
    found = []
    for pair in pairs:
        both = sorted((hits[thing] for thing in pair if thing in hits), key=lambda hit: hit.object_id)
        if len(both) == 2 and all(int(hit.community or 0) in communities for hit in both):
            found.append(_item(both[0], both[1], communities))
    return found


def _item(older: Hit, newer: Hit, communities: dict[int, CommunityPage]) -> Item:
    names = {"title": older.title, "community": communities[int(older.community)].title}
    return Item(
        key=f"alike-{newer.kind}-{newer.object_id}-{older.object_id}",
        title=newer.title,
        url=newer.url,
        at=newer.updated_at,
        community=communities[int(newer.community)],
        language=newer.language,
        why=[format_html(_("It says much the same as “{title}” in {community}."), **names)],
        acts=[*_acts(older, newer), _not_alike(older, newer)],
    )


def _acts(older: Hit, newer: Hit) -> list[Act]:
    acts = [Act(_("Look at the other one"), older.url, posts=False)]
    if older.kind == "question" and older.community == newer.community:
        page = f"{reverse('discussion_merge', args=[newer.object_id])}?into={older.object_id}"
        return [Act(_("Bring them together"), page, posts=False), *acts]
    if older.kind in PAGES:
        with suppress(NoReverseMatch):
            page = reverse("page_unpublish", args=[newer.object_id])
            acts.append(Act(_("Unpublish the later one"), page, posts=False))
    return acts


def _not_alike(older: Hit, newer: Hit) -> Act:
    pair = pair_name([older.thing, newer.thing])
    return Act(_("Not the same"), reverse("not_alike"), {"pair": pair})
