"""What stands around every page of one community."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from .. import panels
from ..models import CommunityPage, Membership
from ..permissions import (
    can_ask_in,
    can_invite,
    can_join,
    can_lead,
    can_let_in,
    can_moderate,
    can_post_in,
    role_in,
)

CIRCLE = 8


def frame(request: HttpRequest, community: CommunityPage, current: str) -> dict[str, Any]:
    """Head, tabs and rights. current: a key of panels.tabs()."""
    user: Any = request.user
    members = Membership.objects.active().filter(community=community)
    first = list(members.with_people().in_order()[:CIRCLE])
    role = role_in(user, community)
    return {
        "community": community,
        "section": reverse("communities"),
        "ask_url": f"{reverse('discussion_new')}?community={community.pk}",
        "talk_url": panels.talk_of(community),
        "tabs": panels.tabs(community, current),
        "circle": _with_me([row.user for row in first], user, bool(role)),
        "member_count": members.count(),
        "leads": [row.user for row in first if row.role == Membership.Role.LEAD],
        "role": role,
        "may_join": can_join(user, community),
        "may_ask_in": can_ask_in(user, community),
        "may_invite": can_invite(user, community),
        "may_let_in": can_let_in(user, community),
        "may_post": can_post_in(user, community),
        "may_lead": can_lead(user, community),
        "may_moderate": can_moderate(user, community),
    }


def _with_me(people: list[Any], user: Any, belongs: bool) -> list[Any]:
    """The reader has a place in the circle too, the third, as long as there is one."""
    if not belongs or user in people:
        return people
    shown = people[: CIRCLE - 1]
    return [*shown[:2], user, *shown[2:]]
