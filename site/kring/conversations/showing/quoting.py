"""Words of somebody, put into the reply to them."""

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from kring.ui.richtext.sanitise import SafeHtml, sanitise
from kring.ui.richtext.text import to_text

from ..models import Comment

LONGEST = 300


def quote_from(query: Any, comment: Comment) -> SafeHtml | None:
    """What `?quote=1&words=…` asks to be quoted of this comment; None when it asks for nothing."""
    return quoted(comment, str(query.get("words", ""))) if query.get("quote") else None


def quoted(comment: Comment, words: str = "") -> SafeHtml:
    """These words of the comment with its author's name as a quotation; without words, how it begins.

    Words that do not stand in it are not put into anybody's mouth.
    """
    text = " ".join(to_text(comment.body).split())
    chosen = " ".join(words.split())
    begin = _shortened(chosen if chosen and chosen in text else text)
    by = comment.alias_name if comment.is_anonymous else comment.name or _("A former colleague")
    said = escape(_("%(name)s wrote:") % {"name": by})
    return sanitise(f"<blockquote><p>{said}</p><p>{escape(begin)}</p></blockquote>")


def _shortened(text: str) -> str:
    """At most so many signs, whole words."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
