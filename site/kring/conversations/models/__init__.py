"""What is said about things, what happens to it, and who looks after it."""

from .attachment import Attachment
from .comment import Comment, Conversation
from .event import ConversationEvent
from .moderation import Appeal, Decision, Report
from .participation import Bookmark, CommentRevision, Following, Mention, Reaction, ReadMark
from .sealing import BlindMessage, Seal, SealBlock, SealOpening
from .telling import Telling

__all__ = [
    "Appeal",
    "Attachment",
    "BlindMessage",
    "Bookmark",
    "Comment",
    "CommentRevision",
    "Conversation",
    "ConversationEvent",
    "Decision",
    "Following",
    "Mention",
    "Reaction",
    "ReadMark",
    "Report",
    "Seal",
    "SealBlock",
    "SealOpening",
    "Telling",
]
