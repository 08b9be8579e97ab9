"""What moderators do in a conversation, written down so that it can be undone."""

from typing import Any

from django.utils.translation import gettext as _

from kring.activity.actions import record
from kring.people.models import User

from ..models import Comment, Conversation, ConversationEvent, Decision
from ..permissions import target_of
from .counting import happened, locked_comment, locked_conversation, next_seq
from .decisions import NotUndoneError, record_decision
from .reporting import close_reports


def decide_removal(comment: Comment, by: User, reason: str) -> None:
    """A moderator took somebody's comment away; reports about it were right. Wants the lock."""
    target: Any = comment.conversation.target
    record(verb="removed", target=comment, by=by, audience="")
    reports = close_reports(comment, upheld=True)
    record_decision(
        verb="comment_removed",
        thing=comment,
        by=by,
        audience=target_of(target).audience(target),
        title=str(target),
        affected=comment.user,
        reason=reason,
        data={"reports": reports},
    )


def undo_removal(decision: Decision, by: User) -> None:
    """The comment stands there again."""
    thing: Any = decision.thing
    comment = locked_comment(thing)
    if not comment.is_removed or not comment.body:
        raise NotUndoneError(_("It stands there already, or its author took the text away."))
    comment.is_removed = False
    comment.save(update_fields=["is_removed"])
    if comment.is_public:
        next_seq(comment.conversation, more=1)
        happened(comment.conversation, ConversationEvent.Kind.RESTORED, comment)
    record(verb="restored", target=comment, by=by, audience="")
    target: Any = comment.conversation.target
    target_of(target).on_changed(target, comment)


def set_pace(conversation: Conversation, locked: bool, seconds: int) -> None:
    conversation.locked, conversation.slow_mode_seconds = locked, seconds
    conversation.save(update_fields=["locked", "slow_mode_seconds"])
    next_seq(conversation)
    happened(conversation, ConversationEvent.Kind.PACED)


def decide_pace(conversation: Conversation, target: Any, by: User, before: tuple[bool, int]) -> None:
    """A moderator closed a conversation, opened it, or changed how fast it goes."""
    if conversation.locked != before[0]:
        verb = "conversation_closed" if conversation.locked else "conversation_opened"
    else:
        verb = "conversation_paced"
    record_decision(
        verb=verb,
        thing=target,
        by=by,
        audience=target_of(target).audience(target),
        data={"locked": before[0], "slow_mode_seconds": before[1]},
    )


def undo_pace(decision: Decision, by: User) -> None:
    thing: Any = decision.thing
    set_pace(locked_conversation(thing), decision.data["locked"], decision.data["slow_mode_seconds"])
