"""What a request is about; what one may not read is not there."""

from typing import Any

from django.http import Http404, HttpRequest

from ..models import CommunityPage, Discussion
from ..permissions import can_read_community, can_read_discussion


def find_community(request: HttpRequest, pk: int) -> CommunityPage:
    """The published community with this primary key; raises Http404."""
    found = CommunityPage.objects.live().filter(pk=pk).first()
    if found is None or not can_read_community(request.user, found):
        raise Http404
    return found


def find_discussion(request: HttpRequest, pk: int) -> Discussion:
    """The discussion with this primary key, with what its page shows; raises Http404."""
    rows: Any = Discussion.objects.select_related("community", "author__profile__team", "accepted")
    found = rows.filter(pk=pk, community__live=True).first()
    if found is None or not can_read_discussion(request.user, found):
        raise Http404
    return found


def number_in(given: Any, name: str) -> int:
    """The number in this field of a form or an address; 0 where there is none."""
    value = given.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else 0
