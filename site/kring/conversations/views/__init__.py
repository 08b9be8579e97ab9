"""Pages of this app."""

from .changing import comment, comment_delete, comment_edit
from .pacing import conversation_pace
from .posting import comment_new

__all__ = ["comment", "comment_delete", "comment_edit", "comment_new", "conversation_pace"]
