"""Who belongs to a community, and as what. The community's row is locked first: one change at a time."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.activity.actions import record
from kring.conversations.actions import recheck
from kring.indexing.registry import record_changes
from kring.people.models import User

from ..models import CommunityPage, Invite, JoinRequest, Membership
from ..permissions import can_join, can_lead, forget_roles
from .deciding import decide_out, decide_role
from .telling_people import tell_added, tell_role

RANK = {Membership.Role.MEMBER: 0, Membership.Role.MODERATOR: 1, Membership.Role.LEAD: 2}


class LastLeadError(ValidationError):
    """A community keeps a lead: somebody else must become one first."""


@transaction.atomic
def join_community(*, community: CommunityPage, by: User) -> Membership:
    """Join an open community. Who belongs already keeps what they have. Raises PermissionDenied."""
    community = locked(community)
    present = Membership.objects.filter(community=community, user=by).first()
    if present:
        return present
    forget_roles(by)
    if not can_join(by, community):
        raise PermissionDenied
    membership, _made = enter(community, by)
    record(verb="joined", target=community, by=by, audience=community.audience)
    return membership


@transaction.atomic
def leave_community(*, community: CommunityPage, by: User) -> None:
    """Leave; twice is as once. Raises LastLeadError."""
    community = locked(community)
    membership = Membership.objects.filter(community=community, user=by).first()
    if membership is None:
        return
    _keep_a_lead(membership)
    membership.delete()
    _changed(community, by)
    record(verb="left", target=community, by=by, audience="")


@transaction.atomic
def add_member(
    *, community: CommunityPage, by: User, user: User, role: str = Membership.Role.MEMBER
) -> Membership:
    """Make somebody a member; who belongs already keeps their role. Raises PermissionDenied."""
    community = locked(community)
    if not can_lead(by, community) or not user.is_active or community.archived_at:
        raise PermissionDenied
    membership, made = enter(community, user, Membership.Role(role))
    if made:
        record(verb="added", target=community, by=by, audience=community.audience, person=user.pk)
        tell_added(community, user, by=by)
    return membership


@transaction.atomic
def change_role(*, community: CommunityPage, by: User, user: User, role: str) -> Membership:
    """Give a member another role. Raises PermissionDenied, LastLeadError, Membership.DoesNotExist."""
    community = locked(community)
    if not can_lead(by, community):
        raise PermissionDenied
    membership = Membership.objects.get(community=community, user=user)
    wanted = Membership.Role(role)
    if membership.role == wanted:
        return membership
    if wanted != Membership.Role.LEAD:
        _keep_a_lead(membership)
    before = membership.role
    raised = RANK[wanted] > RANK[Membership.Role(before)]
    membership.role = wanted
    membership.save(update_fields=["role"])
    _changed(community, user)
    record(verb="role_changed", target=community, by=by, audience="", person=user.pk, role=str(wanted))
    if raised:
        tell_role(community, user, wanted, by=by)
    decide_role(membership, before, by)
    return membership


@transaction.atomic
def remove_member(*, community: CommunityPage, by: User, user: User) -> None:
    """Take somebody out; twice is as once. Raises PermissionDenied, LastLeadError."""
    community = locked(community)
    if not can_lead(by, community):
        raise PermissionDenied
    membership = Membership.objects.filter(community=community, user=user).first()
    if membership is None:
        return
    _keep_a_lead(membership)
    role = membership.role
    membership.delete()
    _changed(community, user)
    record(verb="removed", target=community, by=by, audience="", person=user.pk)
    decide_out(community, user, role, by)


@transaction.atomic
def set_level(*, community: CommunityPage, by: User, level: str) -> Membership:
    """Choose how much one is told. Raises Membership.DoesNotExist, ValueError."""
    membership = Membership.objects.select_for_update().get(community=community, user=by)
    membership.level = Membership.Level(level)
    membership.save(update_fields=["level"])
    return membership


def enter(
    community: CommunityPage, user: User, role: str = Membership.Role.MEMBER
) -> tuple[Membership, bool]:
    """Make the person belong, and settle what they asked and were asked before. Wants the lock."""
    membership, made = Membership.objects.get_or_create(
        community=community, user=user, defaults={"role": role}
    )
    asked = JoinRequest.objects.filter(community=community, user=user, state=JoinRequest.State.WAITING)
    asked.update(state=JoinRequest.State.ACCEPTED, answered_at=timezone.now())
    invited = Invite.objects.filter(community=community, user=user, state=Invite.State.OPEN)
    invited.update(state=Invite.State.ACCEPTED)
    if made:
        _changed(community, user)
    return membership, made


def locked(community: CommunityPage) -> CommunityPage:
    return CommunityPage.objects.select_for_update().get(pk=community.pk)


def _keep_a_lead(membership: Membership) -> None:
    """Raise LastLeadError where nobody active would lead any more."""
    if membership.role != Membership.Role.LEAD:
        return
    others = Membership.objects.leads().filter(community=membership.community_id).exclude(pk=membership.pk)
    if not others.exists():
        words = _("A community needs somebody who looks after it. Make another member lead first.")
        raise LastLeadError(words)


def _changed(community: CommunityPage, user: User) -> None:
    """Both sides show it: the community its members, the person their communities."""
    forget_roles(user)
    record_changes([("community", community.pk), ("person", user.pk)])
    recheck(user.pk)
