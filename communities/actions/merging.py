"""Making one community of two."""

from typing import Any
from urllib.parse import urlparse

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.contrib.redirects.models import Redirect

from kring.activity.actions import record
from kring.activity.models import Activity
from kring.conversations.models import Decision, Report, Seal, SealBlock
from kring.indexing.registry import kinds_of, record_changes
from kring.notifications.models import Notification
from kring.people.models import User

from ..models import Chapter, CommunityPage, Discussion, Invite, JoinRequest, Membership
from ..permissions import can_merge, forget_roles
from .belongings import belongings
from .founding import publish
from .membership import RANK
from .merging_texts import move_front_page
from .telling_people import invitation_is_settled, request_is_settled, tell_merged

# Rows of other rooms that say by an audience token who may see them.
CARRY_AUDIENCE: tuple[Any, ...] = (Notification, Activity, Report, Decision, Seal)


@transaction.atomic
def merge_communities(*, community: CommunityPage, into: CommunityPage, by: User) -> CommunityPage:
    """Bring members, discussions and all that stands in the one into the other, which is given back.

    Roles stay, the higher of two; purpose and rules stand below those of the other; the old address leads
    to the new one. Raises PermissionDenied, and ValidationError where the other one is archived.
    """
    rows = CommunityPage.objects.select_for_update().order_by("pk").in_bulk([community.pk, into.pk])
    source, target = rows.get(community.pk), rows.get(into.pk)
    forget_roles(by)
    if not source or not target or not can_merge(by, source, target) or not (source.live and target.live):
        raise PermissionDenied
    if target.archived_at:
        raise ValidationError(_("The other community is archived. Open it again first."))
    outsiders = list(Membership.objects.filter(community=target).exclude(user__memberships__community=source))
    before = [row.user_id for row in Membership.objects.filter(community=source)]
    _move_members(source, target)
    _move_talk(source, target)
    for belonging in belongings():
        belonging.move(source, target, by)
    _move_chapters(source, target)
    move_front_page(source, target)
    _settle_the_door(source, target)
    _move_audiences(source.audience, target.audience)
    address = urlparse(source.get_absolute_url()).path
    _close(source, target, by)
    publish(CommunityPage.objects.get(pk=target.pk), by=by)
    _redirect(source, target, address)
    forget_roles(by)
    record(verb="merged", target=target, by=by, audience=target.audience, other=source.pk)
    tell_merged(source, target, before, [row.user_id for row in outsiders], by=by)
    return CommunityPage.objects.get(pk=target.pk)


def _move_members(source: CommunityPage, target: CommunityPage) -> None:
    present = {row.user_id: row for row in Membership.objects.filter(community=target)}
    for row in Membership.objects.filter(community=source):
        other = present.get(row.user_id)
        if other is None:
            row.community = target
            row.save(update_fields=["community"])
            continue
        if RANK[Membership.Role(row.role)] > RANK[Membership.Role(other.role)]:
            other.role = row.role
            other.save(update_fields=["role"])
        row.delete()


def _move_talk(source: CommunityPage, target: CommunityPage) -> None:
    talk = Discussion.objects.filter(community=source)
    found = list(talk.values_list("pk", flat=True))
    talk.update(community=target)
    record_changes([(kind, pk) for pk in found for kind in kinds_of(Discussion)])


def _move_chapters(source: CommunityPage, target: CommunityPage) -> None:
    last = Chapter.objects.filter(community=target).aggregate(last=Max("sort_order"))["last"]
    for place, chapter in enumerate(
        Chapter.objects.filter(community=source), 0 if last is None else last + 1
    ):
        chapter.community, chapter.sort_order = target, place
        chapter.save()


def _settle_the_door(source: CommunityPage, target: CommunityPage) -> None:
    """Who waits, or was invited, does so at the other community, unless it is settled there."""
    inside = set(Membership.objects.filter(community=target).values_list("user", flat=True))
    waiting = JoinRequest.objects.filter(state=JoinRequest.State.WAITING)
    there = inside | set(waiting.filter(community=target).values_list("user", flat=True))
    for request in waiting.filter(community=source):
        request_is_settled(request)
        if request.user_id in there or target.openness != CommunityPage.Openness.ON_REQUEST:
            request.state, request.answered_at = JoinRequest.State.WITHDRAWN, timezone.now()
        request.community = target
        request.save()
    for invitation in Invite.objects.filter(community=source):
        invitation_is_settled(invitation)
        invitation.delete()


def _move_audiences(old: str, new: str) -> None:
    for model in CARRY_AUDIENCE:
        model.objects.filter(audience=old).update(audience=new)
    blocked = SealBlock.objects.filter(audience=new).values("holder")
    SealBlock.objects.filter(audience=old).exclude(holder__in=blocked).update(audience=new)


def _close(source: CommunityPage, target: CommunityPage, by: User) -> None:
    page = CommunityPage.objects.get(pk=source.pk)
    page.merged_into, page.archived_at = target, page.archived_at or timezone.now()
    page.save()
    UnpublishPageAction(page, user=by, log_action=True).execute(skip_permission_checks=True)
    record_changes([("community", source.pk), ("community", target.pk)])


def _redirect(source: CommunityPage, target: CommunityPage, address: str) -> None:
    """From the old address, and from those that led there."""
    Redirect.objects.filter(redirect_page=source).update(redirect_page=target)
    Redirect.add_redirect(address, redirect_to=target, is_permanent=True)
    CommunityPage.objects.filter(merged_into=source).update(merged_into=target)
