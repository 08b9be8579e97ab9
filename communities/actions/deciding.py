"""What is decided about people of a community, written down where it can be looked up."""

from kring.conversations.actions import record_decision
from kring.people.models import User

from ..models import CommunityPage, JoinRequest, Membership


def decide_role(membership: Membership, before: str, by: User) -> None:
    """Somebody has another role now; who was given more is told of that already."""
    if membership.user_id != by.pk:
        _decide("role_changed", membership.community, membership.user, by, {"role": before}, tell=False)


def decide_out(community: CommunityPage, user: User, role: str, by: User) -> None:
    """Somebody was taken out."""
    if user != by:
        _decide("member_removed", community, user, by, {"role": role}, tell=True)


def decide_request(request: JoinRequest, by: User) -> None:
    """Who asked to be let in was answered, and told so."""
    accepted = request.state == JoinRequest.State.ACCEPTED
    verb = "request_accepted" if accepted else "request_declined"
    _decide(verb, request.community, request.user, by, {}, tell=False, reason=request.answer)


def _decide(
    verb: str,
    community: CommunityPage,
    user: User,
    by: User,
    data: dict[str, str],
    *,
    tell: bool,
    reason: str = "",
) -> None:
    record_decision(
        verb=verb,
        thing=community,
        by=by,
        audience=community.audience,
        affected=user,
        reason=reason,
        data={**data, "user": user.pk},
        tell=tell,
    )
