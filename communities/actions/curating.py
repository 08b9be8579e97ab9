"""What the leads put on the front page of a community, in their order."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from kring.people.models import User

from ..models import CommunityPage, CuratedItem
from .listing import change_places, keep, kept_by, place_after, take_away

MOST_ITEMS = 12


@transaction.atomic
def curate(
    *,
    community: CommunityPage,
    by: User,
    page: Page | None = None,
    url: str = "",
    title: str = "",
    why: str = "",
) -> CuratedItem:
    """Put one of our pages, or a link, at the end of the front page's list.

    Raises PermissionDenied, and ValidationError where it leads nowhere or stands there already.
    """
    community = kept_by(by, community)
    items = list(community.curated_items.all())
    if len(items) >= MOST_ITEMS:
        raise ValidationError(_("Twelve things are plenty to start with. Take one away first."))
    if page is not None and any(item.page_id == page.pk for item in items):
        raise ValidationError(_("That page stands on the list already."))
    place = place_after(items)
    item = CuratedItem(community=community, page=page, url=url, title=title, why=why, sort_order=place)
    keep(item, community, by)
    return item


@transaction.atomic
def edit_item(*, item: CuratedItem, by: User, **changes: Any) -> CuratedItem:
    """Change title, why, page or url of an item. Raises PermissionDenied, ValidationError."""
    community = kept_by(by, item.community)
    item = CuratedItem.objects.get(pk=item.pk)
    for name in changes.keys() & {"title", "why", "url", "page"}:
        setattr(item, name, changes[name])
    keep(item, community, by)
    return item


@transaction.atomic
def uncurate(*, item: CuratedItem, by: User) -> None:
    """Take an item off the list; what it led to stays. Raises PermissionDenied."""
    take_away(item, kept_by(by, item.community), by)


@transaction.atomic
def move_item(*, item: CuratedItem, by: User, up: bool) -> None:
    """Change places with the neighbour above or below; at the end of the list nothing happens."""
    change_places(item, kept_by(by, item.community), by, up=up)
