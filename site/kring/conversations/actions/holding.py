"""Posts that a moderator looks at first: until then only their author and the moderators see them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.people.models import User

from ..kinds import place_of
from ..models import Comment, Conversation, ConversationEvent, Decision
from ..permissions import can_moderate_conversation, target_of
from .announcing import announce
from .counting import happened, locked_comment, next_seq
from .decisions import NotUndoneError, record_decision
from .letters import tell_behind
from .telling_moderation import tell_released

# Numbers of what was never shown: far above all that is counted, so that readers miss none.
HELD_SEQ = 2**60
REFUSED = "refused"
HELD_FOR = {
    "links": _("It has links, and whoever wrote it is new here."),
    "words": _("A word in it is on the list of what is looked at first."),
    REFUSED: _("A moderator did not let it through."),
}


def why_held(target: models.Model, by: User, body: str) -> str:
    """Why a moderator looks at this first, a key of HELD_FOR; empty for what is shown at once.

    Raises ValidationError for what is not taken. Who moderates there is trusted.
    """
    if can_moderate_conversation(by, target):
        return ""
    audience = target_of(target).audience(target)
    return place_of(audience).why_held(by, audience, body)


def held_seq(conversation: Conversation) -> int:
    """A number for what is not shown yet; wants the lock."""
    last = Comment.objects.filter(conversation=conversation, seq__gte=HELD_SEQ).aggregate(last=Max("seq"))
    return int(last["last"] or HELD_SEQ) + 1


def hide_again(comment: Comment, why: str) -> None:
    """What was shown is looked at first, after it was edited. Wants the lock; the caller saves the rest."""
    comment.is_public, comment.held_for = False, why
    comment.save(update_fields=["is_public", "held_for"])
    next_seq(comment.conversation, more=-1)
    happened(comment.conversation, ConversationEvent.Kind.REMOVED, comment)
    target: Any = comment.conversation.target
    target_of(target).on_changed(target, comment)


@transaction.atomic
def release_comment(*, comment: Comment, by: User) -> Comment:
    """Let a held comment be seen: it counts, and people are told, from now. Twice is as once.

    Raises PermissionDenied.
    """
    comment = _held(comment, by)
    if comment.is_public or comment.is_removed:
        return comment
    _show(comment)
    record_decision(
        verb="comment_released",
        thing=comment,
        by=by,
        audience=_audience(comment),
        title=str(comment.conversation.target),
        affected=comment.user,
        tell=False,
    )
    if comment.user and comment.user != by:
        tell_released(comment, comment.user)
    elif comment.is_anonymous:
        tell_behind(comment, "seal.released", f"released:{comment.pk}")
    return comment


@transaction.atomic
def refuse_comment(*, comment: Comment, by: User, reason: str = "") -> Comment:
    """Do not let it be seen; its author is told why and keeps the text. Raises PermissionDenied."""
    comment = _held(comment, by)
    if comment.is_public or comment.is_removed or comment.held_for == REFUSED:
        return comment
    why, comment.held_for = comment.held_for, REFUSED
    comment.save(update_fields=["held_for"])
    record_decision(
        verb="comment_refused",
        thing=comment,
        by=by,
        audience=_audience(comment),
        title=str(comment.conversation.target),
        affected=comment.user,
        reason=reason,
        data={"held_for": why},
    )
    return comment


def undo_refusal(decision: Decision, by: User) -> None:
    thing: Any = decision.thing
    comment = locked_comment(thing)
    if comment.is_removed or comment.is_public:
        raise NotUndoneError(_("Whoever wrote it took it away, or it is shown already."))
    _show(comment)


def _held(comment: Comment, by: User) -> Comment:
    comment = locked_comment(comment)
    if not can_moderate_conversation(by, comment.conversation.target):
        raise PermissionDenied
    return comment


def _audience(comment: Comment) -> str:
    target: Any = comment.conversation.target
    return target_of(target).audience(target)


def _show(comment: Comment) -> None:
    """What is seen for the first time was posted now; what was hidden after an edit comes back."""
    target: Any = comment.conversation.target
    entry, conversation = target_of(target), comment.conversation
    is_new = comment.seq >= HELD_SEQ
    number = next_seq(conversation, more=1)
    comment.is_public, comment.held_for = True, ""
    if is_new:
        comment.seq, comment.submit_date = number, timezone.now()
    comment.save(update_fields=["is_public", "held_for", "seq", "submit_date"])
    if not is_new:
        happened(conversation, ConversationEvent.Kind.RESTORED, comment)
        entry.on_changed(target, comment)
        return
    parent = None
    if comment.parent_id != comment.pk:
        parent = Comment.objects.select_related("user").filter(pk=comment.parent_id).first()
    announce(comment, target, parent=parent)
