"""Handing a community over, archiving it and opening it again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.activity.actions import record
from kring.people.models import User
from kring.ui.ready import as_kept, register_ready

from ..models import CommunityPage, Invite, JoinRequest, Membership
from ..permissions import can_hand_over, can_lead, forget_roles
from .founding import publish
from .membership import locked
from .telling_people import (
    invitation_is_settled,
    request_is_settled,
    tell_archived,
    tell_declined,
    tell_role,
)

ARCHIVED = gettext_lazy("The community is archived.")
register_ready([ARCHIVED])
STAYS = (Membership.Role.MEMBER, Membership.Role.MODERATOR)


@transaction.atomic
def hand_over(
    *, community: CommunityPage, by: User, user: User, stay: str = Membership.Role.MEMBER
) -> Membership:
    """Another member leads from now on; who did stays as member or moderator.

    Raises PermissionDenied, ValueError, and ValidationError where that person can't lead it.
    """
    community = locked(community)
    forget_roles(by)
    if not can_hand_over(by, community):
        raise PermissionDenied
    own = Membership.Role(stay)
    if own not in STAYS:
        raise ValueError(f"who hands over does not stay {stay}")
    heir = Membership.objects.active().filter(community=community, user=user).exclude(user=by).first()
    if heir is None or user.is_guest:
        raise ValidationError(_("Choose somebody else who is a member, and no guest."))
    heir.role = Membership.Role.LEAD
    heir.save(update_fields=["role"])
    mine = Membership.objects.get(community=community, user=by)
    mine.role = own
    mine.save(update_fields=["role"])
    for person in (by, user):
        forget_roles(person)
    record(verb="handed_over", target=community, by=by, person=user.pk)
    tell_role(community, user, Membership.Role.LEAD, by=by)
    return heir


@transaction.atomic
def archive_community(*, community: CommunityPage, by: User) -> CommunityPage:
    """Everything stays readable, and nothing is added; twice is as once. Raises PermissionDenied.

    Who waits to be let in is told, and open invitations go.
    """
    page = locked(community)
    if not can_lead(by, page):
        raise PermissionDenied
    if page.archived_at:
        return page
    page.archived_at = timezone.now()
    publish(page, by=by)
    _turn_away(page, by)
    record(verb="archived", target=page, by=by, audience=page.audience)
    tell_archived(page, by=by)
    return page


@transaction.atomic
def open_again(*, community: CommunityPage, by: User) -> CommunityPage:
    """Undo archiving; twice is as once. Raises PermissionDenied."""
    page = locked(community)
    if not can_lead(by, page) or not page.live:
        raise PermissionDenied
    if page.archived_at:
        page.archived_at = None
        publish(page, by=by)
        record(verb="opened_again", target=page, by=by, audience=page.audience)
    return page


def _turn_away(page: CommunityPage, by: User) -> None:
    for request in JoinRequest.objects.filter(community=page, state=JoinRequest.State.WAITING):
        request.state, request.answered_at = JoinRequest.State.DECLINED, timezone.now()
        request.answered_by, request.answer = by, as_kept(str(ARCHIVED))
        request.save()
        request_is_settled(request)
        tell_declined(request, by=by)
    for invitation in Invite.objects.filter(community=page, state=Invite.State.OPEN):
        invitation_is_settled(invitation)
        invitation.delete()
