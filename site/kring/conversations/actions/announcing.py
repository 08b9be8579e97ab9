"""A comment is seen for the first time: counted as an event, recorded, and people are told soon."""

from typing import Any

from kring.activity.actions import record

from ..models import Comment, ConversationEvent
from ..permissions import target_of
from .counting import happened
from .telling_later import tell_soon


def announce(comment: Comment, target: Any, *, parent: Comment | None) -> None:
    """`parent` is what it replies to. Wants the lock."""
    entry = target_of(target)
    happened(comment.conversation, ConversationEvent.Kind.POSTED, comment)
    verb = "answered" if comment.kind == Comment.Kind.ANSWER else "commented"
    # An anonymous comment has no user: nobody did it.
    record(verb=verb, target=comment, by=comment.user, audience=entry.audience(target))
    entry.on_changed(target, comment)
    tell_soon(comment, answers=parent)
