"""What moderators do with a conversation as a whole: pin it, close it, move it. Each can be undone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.activity.actions import record
from kring.conversations.actions import NotUndoneError, recheck, record_decision, register_undo
from kring.conversations.actions.moderating import set_pace
from kring.conversations.actions.moving import change_audience
from kring.conversations.models import Decision
from kring.people.models import User

from ..models import CommunityPage, Discussion
from ..permissions import can_look_after, can_moderate, can_move_to
from .states import locked, locked_talk
from .telling_talk import tell_who_took_part


@transaction.atomic
def pin_discussion(*, discussion: Discussion, by: User, pinned: bool) -> Discussion:
    """Let it stand first in its community, or no longer. Twice is as once. Raises PermissionDenied."""
    discussion = locked(discussion)
    _allow(by, discussion)
    if bool(discussion.pinned_at) == pinned:
        return discussion
    _pin(discussion, pinned)
    _decide("discussion_pinned" if pinned else "discussion_unpinned", discussion, by, tell=False)
    return discussion


@transaction.atomic
def close_discussion(*, discussion: Discussion, by: User, resolution: str = "") -> Discussion:
    """Nothing more can be added; what came of it stands above it. Raises PermissionDenied."""
    conversation, discussion = locked_talk(discussion)
    _allow(by, discussion)
    was_locked = conversation.locked
    _close(discussion, by, " ".join(resolution.split())[:500])
    set_pace(conversation, True, conversation.slow_mode_seconds)
    _decide("discussion_closed", discussion, by, discussion.resolution, locked=was_locked)
    record(verb="closed", target=discussion, by=by, audience=discussion.community.audience)
    tell_who_took_part(
        "discussion.closed", discussion, by=by, but=discussion.author, why=discussion.resolution
    )
    return discussion


@transaction.atomic
def open_discussion(*, discussion: Discussion, by: User) -> Discussion:
    """Let people add to it again. Raises PermissionDenied."""
    conversation, discussion = locked_talk(discussion)
    _allow(by, discussion)
    resolution = discussion.resolution
    _open(discussion)
    set_pace(conversation, False, conversation.slow_mode_seconds)
    _decide("discussion_opened", discussion, by, tell=False, resolution=resolution)
    return discussion


@transaction.atomic
def move_discussion(*, discussion: Discussion, to: CommunityPage, by: User) -> Discussion:
    """Bring it into another community: from then on that one's readers read it. Its address stays.

    Raises PermissionDenied.
    """
    _conversation, discussion = locked_talk(discussion)
    _allow(by, discussion)
    if not can_move_to(by, discussion, to):
        raise PermissionDenied
    source = discussion.community
    _move(discussion, to)
    _decide("discussion_moved", discussion, by, where=source, source=source.pk, target=to.pk)
    record(verb="moved", target=discussion, by=by, audience=to.audience)
    tell_who_took_part("discussion.moved", discussion, by=by, but=discussion.author)
    return discussion


def undo_pin(decision: Decision, by: User) -> None:
    thing: Any = decision.thing
    _pin(locked(thing), decision.verb == "discussion_unpinned")


def undo_close(decision: Decision, by: User) -> None:
    thing: Any = decision.thing
    conversation, discussion = locked_talk(thing)
    if not discussion.closed_at:
        raise NotUndoneError(_("It is open already."))
    _open(discussion)
    set_pace(conversation, decision.data["locked"], conversation.slow_mode_seconds)


def undo_open(decision: Decision, by: User) -> None:
    thing: Any = decision.thing
    conversation, discussion = locked_talk(thing)
    if discussion.closed_at:
        raise NotUndoneError(_("It is closed already."))
    _close(discussion, by, decision.data["resolution"])
    set_pace(conversation, True, conversation.slow_mode_seconds)


def undo_move(decision: Decision, by: User) -> None:
    """Back to where it was; by somebody who looks after both, as when it was moved."""
    thing: Any = decision.thing
    _conversation, discussion = locked_talk(thing)
    home = CommunityPage.objects.live().filter(pk=decision.data["source"], archived_at=None).first()
    if discussion.community_id != decision.data["target"] or home is None:
        raise NotUndoneError(_("It was moved on since, or its community is no longer there."))
    if not can_moderate(by, discussion.community) or not can_moderate(by, home):
        raise NotUndoneError(_("Only somebody who looks after both communities can move it back."))
    _move(discussion, home)


def _allow(by: User, discussion: Discussion) -> None:
    if not can_look_after(by, discussion):
        raise PermissionDenied


def _pin(discussion: Discussion, pinned: bool) -> None:
    discussion.pinned_at = timezone.now() if pinned else None
    discussion.save(update_fields=["pinned_at"])


def _close(discussion: Discussion, by: User, resolution: str) -> None:
    discussion.closed_at, discussion.closed_by, discussion.resolution = timezone.now(), by, resolution
    discussion.save(update_fields=["closed_at", "closed_by", "resolution"])


def _open(discussion: Discussion) -> None:
    discussion.closed_at, discussion.closed_by, discussion.resolution = None, None, ""
    discussion.save(update_fields=["closed_at", "closed_by", "resolution"])


def _move(discussion: Discussion, to: CommunityPage) -> None:
    discussion.community, discussion.pinned_at = to, None
    discussion.save(update_fields=["community", "pinned_at"])
    change_audience(discussion, f"discussion:{discussion.pk}", to.audience)
    recheck()


def _decide(
    verb: str,
    discussion: Discussion,
    by: User,
    reason: str = "",
    *,
    where: CommunityPage | None = None,
    tell: bool = True,
    **data: Any,
) -> None:
    """Written down where it stood when that was decided."""
    record_decision(
        verb=verb,
        thing=discussion,
        by=by,
        audience=(where or discussion.community).audience,
        affected=discussion.author,
        reason=reason,
        data=data,
        tell=tell,
    )


def register_arranging() -> None:
    """What moderators did, in their log, and how it is undone."""
    register_undo("discussion_pinned", undo_pin, gettext_lazy("pinned a conversation"))
    register_undo("discussion_unpinned", undo_pin, gettext_lazy("took a conversation off the top"))
    register_undo("discussion_closed", undo_close, gettext_lazy("closed a conversation"))
    register_undo("discussion_opened", undo_open, gettext_lazy("opened a conversation again"))
    register_undo("discussion_moved", undo_move, gettext_lazy("moved a conversation to another community"))
