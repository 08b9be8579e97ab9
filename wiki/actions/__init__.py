"""Writing articles and lessons, and taking them away."""

from .holdings import erase_authorship, holdings_of
from .removing import PagesBelowError, delete_page, publish_page, unpublish_page
from .writing import (
    EditConflictError,
    confirm_article,
    create_article,
    create_lesson,
    edit_article,
    edit_lesson,
)

__all__ = [
    "EditConflictError",
    "PagesBelowError",
    "confirm_article",
    "create_article",
    "create_lesson",
    "delete_page",
    "edit_article",
    "edit_lesson",
    "erase_authorship",
    "holdings_of",
    "publish_page",
    "unpublish_page",
]
