"""What the leads put on the front page of a community, in their order."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from kring.people.models import User

from ..models import CommunityPage, CuratedItem
from ..permissions import can_moderate
from .founding import publish

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
    community = _locked(community, by)
    items = list(community.curated_items.all())
    if len(items) >= MOST_ITEMS:
        raise ValidationError(_("Twelve things are plenty to start with. Take one away first."))
    if page is not None and any(item.page_id == page.pk for item in items):
        raise ValidationError(_("That page stands on the list already."))
    last = max((item.sort_order or 0 for item in items), default=-1)
    item = CuratedItem(community=community, page=page, url=url, title=title, why=why, sort_order=last + 1)
    item.full_clean(exclude=["community"])
    item.save()
    _publish(community, by)
    return item


@transaction.atomic
def edit_item(*, item: CuratedItem, by: User, **changes: Any) -> CuratedItem:
    """Change title, why, page or url of an item. Raises PermissionDenied, ValidationError."""
    community = _locked(item.community, by)
    item = CuratedItem.objects.get(pk=item.pk)
    for name in changes.keys() & {"title", "why", "url", "page"}:
        setattr(item, name, changes[name])
    item.full_clean(exclude=["community"])
    item.save()
    _publish(community, by)
    return item


@transaction.atomic
def uncurate(*, item: CuratedItem, by: User) -> None:
    """Take an item off the list; what it led to stays. Raises PermissionDenied."""
    community = _locked(item.community, by)
    CuratedItem.objects.filter(pk=item.pk).delete()
    _publish(community, by)


@transaction.atomic
def move_item(*, item: CuratedItem, by: User, up: bool) -> None:
    """Change places with the neighbour above or below; at the end of the list nothing happens."""
    community = _locked(item.community, by)
    items = list(CuratedItem.objects.filter(community=community).order_by("sort_order", "pk"))
    index = next((place for place, one in enumerate(items) if one.pk == item.pk), None)
    other = None if index is None else index + (-1 if up else 1)
    if index is None or other is None or not 0 <= other < len(items):
        return
    items[index], items[other] = items[other], items[index]
    for place, one in enumerate(items):
        one.sort_order = place
    CuratedItem.objects.bulk_update(items, ["sort_order"])
    _publish(community, by)


def _locked(community: CommunityPage, by: User) -> CommunityPage:
    if not can_moderate(by, community):
        raise PermissionDenied
    return CommunityPage.objects.select_for_update().get(pk=community.pk)


def _publish(community: CommunityPage, by: User) -> None:
    """Curated items are part of the page's revision."""
    publish(CommunityPage.objects.get(pk=community.pk), by=by)
