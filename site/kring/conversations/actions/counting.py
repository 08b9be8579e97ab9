"""Counting what happens in a conversation, under the lock of its row, so that nothing is lost or doubled."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ..live.broadcast import announce
from ..models import Comment, Conversation, ConversationEvent


def locked_conversation(target: models.Model) -> Conversation:
    """The conversation about this thing, made where there was none; locked until the transaction ends."""
    content_type = ContentType.objects.get_for_model(target)
    found, _made = Conversation.objects.select_for_update().get_or_create(
        content_type=content_type, object_id=target.pk
    )
    return found


def locked_comment(comment: Comment) -> Comment:
    """The comment as it is now, under the lock of its conversation."""
    conversation = Conversation.objects.select_for_update().get(pk=comment.conversation_id)
    fresh = Comment.objects.get(pk=comment.pk)
    fresh.conversation = conversation
    return fresh


def next_seq(conversation: Conversation, *, more: int = 0) -> int:
    """Take the next number; `more` is what the change adds to the number of comments. Wants the lock."""
    conversation.seq += 1
    conversation.comment_count = max(0, conversation.comment_count + more)
    conversation.save(update_fields=["seq", "comment_count"])
    return conversation.seq


def happened(conversation: Conversation, kind: str, comment: Comment | None = None) -> ConversationEvent:
    """Record what the number just taken by next_seq() was for, and tell those who read along."""
    event = ConversationEvent.objects.create(
        conversation=conversation, seq=conversation.seq, kind=kind, comment=comment
    )
    announce(event)
    return event
