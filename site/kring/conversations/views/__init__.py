"""Pages of this app."""

from .attaching import file_new
from .changing import comment, comment_delete, comment_edit
from .history import comment_history
from .judging import (
    appeal_answer,
    comment_refuse,
    comment_release,
    decision,
    decision_appeal,
    decision_undo,
)
from .keeping import comment_keep, kept, target_follow, target_keep
from .letters import letter_write, letters, seal_answer, seal_ask, seal_block
from .mentioning import people_to_mention
from .pacing import conversation_pace
from .posting import comment_new
from .reacting import comment_react, target_react
from .reporting import report, reports_settle

__all__ = [
    "appeal_answer",
    "comment",
    "comment_delete",
    "comment_edit",
    "comment_history",
    "comment_keep",
    "comment_new",
    "comment_react",
    "comment_refuse",
    "comment_release",
    "conversation_pace",
    "decision",
    "decision_appeal",
    "decision_undo",
    "file_new",
    "kept",
    "letter_write",
    "letters",
    "people_to_mention",
    "report",
    "reports_settle",
    "seal_answer",
    "seal_ask",
    "seal_block",
    "target_follow",
    "target_keep",
    "target_react",
]
