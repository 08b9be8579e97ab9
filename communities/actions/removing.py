"""A moderator removes a question or discussion with all that was said in it; it can be undone."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.activity.actions import record
from kring.conversations.actions import NotUndoneError, record_decision, register_undo
from kring.conversations.actions.reporting import close_reports
from kring.conversations.models import Comment, Conversation, Decision, Report
from kring.people.models import User

from ..models import Discussion
from ..permissions import can_look_after, can_moderate, can_take_back, shown_as
from .hiding import hide, show_again
from .states import locked_talk


@transaction.atomic
def remove_discussion(*, discussion: Discussion, by: User, reason: str = "") -> Discussion:
    """Nobody reads it any more, nor what was said in it. Twice is as once. Raises PermissionDenied.

    Whoever began it is told why and keeps the text. Reports about it, and about what was said, were right.
    """
    conversation, discussion = locked_talk(discussion)
    if discussion.removed_at and can_moderate(by, discussion.community):
        return discussion
    if not can_look_after(by, discussion):
        raise PermissionDenied
    reports = close_reports(discussion, upheld=True)
    for comment in _reported(conversation):
        reports += close_reports(comment, upheld=True)
    discussion.removed_at = timezone.now()
    discussion.save(update_fields=["removed_at"])
    hide(discussion)
    record(verb="removed", target=discussion, by=by, audience="")
    record_decision(
        verb="discussion_removed",
        thing=discussion,
        by=by,
        audience=discussion.community.audience,
        affected=discussion.author,
        reason=reason,
        data={"reports": reports},
    )
    return discussion


@transaction.atomic
def take_back_discussion(*, discussion: Discussion, by: User) -> Discussion:
    """What one began and nobody has said anything in is gone. Raises PermissionDenied."""
    _conversation, discussion = locked_talk(discussion)
    if not can_take_back(by, discussion):
        raise PermissionDenied
    close_reports(discussion, upheld=True)
    discussion.removed_at = timezone.now()
    discussion.save(update_fields=["removed_at"])
    hide(discussion)
    record(verb="removed", target=discussion, by=shown_as(by, discussion), audience="")
    return discussion


def undo_removal(decision: Decision, by: User) -> None:
    """It stands there again, with all that was said in it."""
    thing: Any = decision.thing
    _conversation, discussion = locked_talk(thing)
    if discussion.removed_at is None:
        raise NotUndoneError(_("It stands there already."))
    discussion.removed_at = None
    discussion.save(update_fields=["removed_at"])
    show_again(discussion)
    record(verb="restored", target=discussion, by=by, audience="")


def _reported(conversation: Conversation) -> Any:
    """What was said in it, as far as reports about it wait."""
    waiting = Report.objects.filter(
        content_type=ContentType.objects.get_for_model(Comment), state=Report.State.OPEN
    )
    return Comment.objects.filter(conversation=conversation, pk__in=waiting.values("object_id"))


def register_removing() -> None:
    register_undo("discussion_removed", undo_removal, gettext_lazy("removed a conversation"))
