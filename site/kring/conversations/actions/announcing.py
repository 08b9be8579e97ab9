"""A comment is seen for the first time: counted as an event, recorded, told."""

from typing import Any

from kring.activity.actions import record
from kring.people.models import User

from ..models import Comment, ConversationEvent
from ..permissions import target_of
from .counting import happened
from .telling import tell_of


def announce(comment: Comment, target: Any, *, parent: Comment | None, by: User | None) -> None:
    """`by` wrote it, also when it is anonymous: they are not told of their own words. Wants the lock."""
    entry = target_of(target)
    happened(comment.conversation, ConversationEvent.Kind.POSTED, comment)
    verb = "answered" if comment.kind == Comment.Kind.ANSWER else "commented"
    # An anonymous comment has no user: nobody did it.
    record(verb=verb, target=comment, by=comment.user, audience=entry.audience(target))
    entry.on_changed(target, comment)
    if by is not None:
        tell_of(comment, target, parent=parent, by=by)
