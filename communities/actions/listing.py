"""Lists that belong to a community's page and stand in an order: what to read first, and the chapters."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied

from kring.people.models import User

from ..models import CommunityPage
from ..permissions import can_moderate
from .founding import publish
from .membership import locked


def kept_by(by: User, community: CommunityPage) -> CommunityPage:
    """The community, locked, for somebody who keeps its lists. Raises PermissionDenied."""
    community = locked(community)
    if not can_moderate(by, community):
        raise PermissionDenied
    return community


def place_after(rows: Sequence[Any]) -> int:
    """The place behind all of these."""
    return 1 + max((row.sort_order or 0 for row in rows), default=-1)


def keep(row: Any, community: CommunityPage, by: User) -> None:
    """Check a row and save it, and the page with it. Raises ValidationError."""
    row.full_clean(exclude=["community"])
    row.save()
    publish_lists(community, by)


def take_away(row: Any, community: CommunityPage, by: User) -> None:
    type(row).objects.filter(pk=row.pk).delete()
    publish_lists(community, by)


def change_places(row: Any, community: CommunityPage, by: User, *, up: bool) -> None:
    """With the neighbour above or below; at the end of the list nothing happens."""
    rows = list(type(row).objects.filter(community=community).order_by("sort_order", "pk"))
    index = next((place for place, one in enumerate(rows) if one.pk == row.pk), None)
    other = None if index is None else index + (-1 if up else 1)
    if index is None or other is None or not 0 <= other < len(rows):
        return
    rows[index], rows[other] = rows[other], rows[index]
    for place, one in enumerate(rows):
        one.sort_order = place
    type(row).objects.bulk_update(rows, ["sort_order"])
    publish_lists(community, by)


def publish_lists(community: CommunityPage, by: User) -> None:
    """They are part of the page's revision."""
    publish(CommunityPage.objects.get(pk=community.pk), by=by)
