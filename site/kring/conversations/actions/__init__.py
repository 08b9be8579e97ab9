"""Posting, changing and removing comments."""

from ..permissions import register_target
from .holdings import erase_comments, holdings_of
from .posting import (
    ClosedError,
    EmptyError,
    NotPostedError,
    TooManyError,
    TooSoonError,
    edit_comment,
    forget_conversation,
    lock_conversation,
    post_comment,
    remove_comment,
)
from .telling import register_kinds

__all__ = [
    "ClosedError",
    "EmptyError",
    "NotPostedError",
    "TooManyError",
    "TooSoonError",
    "edit_comment",
    "erase_comments",
    "forget_conversation",
    "holdings_of",
    "lock_conversation",
    "post_comment",
    "register_kinds",
    "register_target",
    "remove_comment",
]
