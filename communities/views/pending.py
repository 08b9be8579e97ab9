"""Who asks to come in, and who was asked."""

from typing import Any

from ..models import CommunityPage, Invite, JoinRequest


def waiting_requests(community: CommunityPage) -> list[Any]:
    """Requests that wait, the longest first, each with who `invited` them, if anybody did."""
    rows = JoinRequest.objects.filter(
        community=community, state=JoinRequest.State.WAITING, user__is_active=True
    )
    found: list[Any] = list(rows.select_related("user__profile__team"))
    invites = Invite.objects.filter(community=community, user__in=[one.user_id for one in found])
    by = {one.user_id: one.by for one in invites.select_related("by") if one.by}
    for one in found:
        one.invited = by.get(one.user_id)
    return found


def request_of(user: Any, community: CommunityPage) -> JoinRequest | None:
    """The reader's own latest request, as long as it waits or was declined."""
    latest = JoinRequest.objects.filter(community=community, user=user).select_related("answered_by").last()
    shown = {JoinRequest.State.WAITING, JoinRequest.State.DECLINED}
    return latest if latest and latest.state in shown else None


def waiting_request_of(user: Any, community: CommunityPage) -> JoinRequest | None:
    own = request_of(user, community)
    return own if own and own.state == JoinRequest.State.WAITING else None


def came_by_invitation(user: Any, community: CommunityPage) -> JoinRequest | None:
    """The reader's waiting request, where accepting an invitation made it: what they may know of it stays."""
    invited = Invite.objects.filter(community=community, user=user, state=Invite.State.ACCEPTED)
    return waiting_request_of(user, community) if invited.exists() else None


def invite_of(user: Any, community: CommunityPage) -> Invite | None:
    """The open invitation of this reader."""
    rows = Invite.objects.filter(community=community, user=user, state=Invite.State.OPEN)
    return rows.select_related("by__profile__team", "user", "community").first()


def open_invites(community: CommunityPage) -> list[Invite]:
    """Those nobody answered yet, the newest first."""
    rows = Invite.objects.filter(community=community, state=Invite.State.OPEN, user__is_active=True)
    return list(rows.select_related("by", "user__profile__team"))
