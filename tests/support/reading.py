"""A page as it is read."""

from html import unescape
from typing import Any

from django.utils.html import strip_tags


def text_of(response: Any) -> str:
    """Its words, with single spaces between them."""
    return " ".join(unescape(strip_tags(response.content.decode())).split())
