"""Posting, changing and removing comments."""

from ..live.broadcast import recheck
from ..permissions import register_target
from .appealing import AppealedError, answer_appeal, appeal
from .attaching import (
    MOST_FILES,
    NotAttachedError,
    attach_file,
    delete_unposted,
    keep_files,
    unposted_of,
)
from .decisions import (
    NotUndoneError,
    record_decision,
    register_undo,
    register_verb,
    undo_decision,
)
from .holding import refuse_comment, release_comment
from .holdings import erase_comments, files_of, holdings_of
from .keeping import choose_following, keep
from .letters import (
    OpeningError,
    agree_opening,
    ask_opening,
    block_anonymous,
    refuse_opening,
    write_letter,
)
from .mentioning import forget_mentions, suggest_people
from .pace import ClosedError, EmptyError, NotPostedError, TooManyError, TooSoonError
from .posting import (
    edit_comment,
    forget_conversation,
    lock_conversation,
    post_comment,
    remove_comment,
)
from .reacting import react, register_thanks
from .reading import mark_all_read, mark_read
from .reporting import report_thing, settle_reports
from .telling import register_kinds
from .telling_moderation import register_decisions
from .telling_moderation import register_kinds as register_moderation

__all__ = [
    "MOST_FILES",
    "AppealedError",
    "ClosedError",
    "EmptyError",
    "NotAttachedError",
    "NotPostedError",
    "NotUndoneError",
    "OpeningError",
    "TooManyError",
    "TooSoonError",
    "agree_opening",
    "answer_appeal",
    "appeal",
    "ask_opening",
    "attach_file",
    "block_anonymous",
    "choose_following",
    "delete_unposted",
    "edit_comment",
    "erase_comments",
    "files_of",
    "forget_conversation",
    "forget_mentions",
    "holdings_of",
    "keep",
    "keep_files",
    "lock_conversation",
    "mark_all_read",
    "mark_read",
    "post_comment",
    "react",
    "recheck",
    "record_decision",
    "refuse_comment",
    "refuse_opening",
    "register_decisions",
    "register_kinds",
    "register_moderation",
    "register_target",
    "register_thanks",
    "register_undo",
    "register_verb",
    "release_comment",
    "remove_comment",
    "report_thing",
    "settle_reports",
    "suggest_people",
    "undo_decision",
    "unposted_of",
    "write_letter",
]
