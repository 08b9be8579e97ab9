"""Pages of this app."""

from .changing import comment, comment_delete, comment_edit
from .history import comment_history
from .pacing import conversation_pace
from .posting import comment_new
from .reacting import comment_react, target_react

__all__ = [
    "comment",
    "comment_delete",
    "comment_edit",
    "comment_history",
    "comment_new",
    "comment_react",
    "conversation_pace",
    "target_react",
]
