"""Inviting a colleague into a community."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.activity.actions import record
from kring.people.models import User

from ..models import CommunityPage, Invite, Membership
from ..permissions import can_invite, can_lead, can_let_in
from .letting_in import ask_in
from .membership import enter, locked
from .telling_people import invitation_is_settled, tell_accepted_invite, tell_invited


@transaction.atomic
def invite(*, community: CommunityPage, by: User, user: User, message: str = "") -> Invite:
    """Ask somebody in, by name. Raises PermissionDenied, and ValidationError with what stands in the way.

    Who said no before is asked again only by those who let people in.
    """
    community = locked(community)
    if not can_invite(by, community) or not user.is_active:
        raise PermissionDenied
    if user.is_guest and not can_lead(by, community):
        raise ValidationError(_("%(name)s is a guest: only leads invite guests.") % {"name": user.name})
    if Membership.objects.filter(community=community, user=user).exists():
        raise ValidationError(_("%(name)s is a member already.") % {"name": user.name})
    present = Invite.objects.filter(community=community, user=user).first()
    if present and not _may_ask_again(present, by):
        raise ValidationError(_("%(name)s has been asked already.") % {"name": user.name})
    made = present or Invite(community=community, user=user)
    made.by, made.message = by, message
    made.state, made.created_at = Invite.State.OPEN, timezone.now()
    made.save()
    record(verb="invited", target=community, by=by, person=user.pk)
    tell_invited(made)
    return made


def _may_ask_again(present: Invite, by: User) -> bool:
    if present.state == Invite.State.DECLINED:
        return can_let_in(by, present.community)
    return present.state == Invite.State.ACCEPTED


def lets_in_at_once(invitation: Invite) -> bool:
    """Whether who accepts is in; if not, they ask to be let in by accepting."""
    community, by = invitation.community, invitation.by
    if not invitation.user.is_guest and community.openness == CommunityPage.Openness.OPEN:
        return True
    if by is None:
        return False
    return can_lead(by, community) if invitation.user.is_guest else can_let_in(by, community)


@transaction.atomic
def answer_invite(*, invitation: Invite, by: User, accept: bool) -> Invite:
    """Come in, or not; the first answer stays. Raises PermissionDenied.

    Where the one who invited may not let people in, accepting asks those who may.
    """
    invitation = _held(invitation)
    community = invitation.community
    if invitation.user_id != by.pk or community.archived_at or not community.live:
        raise PermissionDenied
    if invitation.state != Invite.State.OPEN:
        return invitation
    at_once = lets_in_at_once(invitation)
    invitation.state = Invite.State.ACCEPTED if accept else Invite.State.DECLINED
    invitation.save(update_fields=["state"])
    invitation_is_settled(invitation)
    if accept and at_once:
        enter(community, by)
        record(verb="joined", target=community, by=by, audience=community.audience)
        tell_accepted_invite(invitation)
    elif accept:
        ask_in(community, by)
    return invitation


@transaction.atomic
def withdraw_invite(*, invitation: Invite, by: User) -> None:
    """Take an invitation back that nobody answered: by who made it, and who lets people in."""
    invitation = _held(invitation)
    if invitation.by_id != by.pk and not can_let_in(by, invitation.community):
        raise PermissionDenied
    if invitation.state == Invite.State.OPEN:
        invitation_is_settled(invitation)
        invitation.delete()


def _held(invitation: Invite) -> Invite:
    """As it is now, under the lock of its community."""
    community = locked(invitation.community)
    fresh = Invite.objects.select_related("user", "by").get(pk=invitation.pk)
    fresh.community = community
    return fresh
