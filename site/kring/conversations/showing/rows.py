"""One comment as it is shown."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from kring.ui.richtext.display import display

from ..models import Comment
from ..permissions import Target
from .anonymous import is_of_asker
from .attached import attached_to
from .reactions import reactions_on


@dataclass(slots=True)
class Row:
    """A comment as this reader sees it.

    A neutral one is for everybody: it holds every button that somebody may have, hidden, and says of none
    whose it is; the browser shows each reader theirs.
    """

    comment: Comment
    wrote_it: bool
    text: str = ""
    may_edit: bool = False
    may_remove: bool = False
    accepted: bool = False
    is_new: bool = False
    neutral: bool = False
    mark: str = ""
    kept: bool = False
    reactions: Any = None
    files: list[Any] = field(default_factory=list)
    form: Any = None
    replies: list["Row"] = field(default_factory=list)
    more: int = 0
    muted: str = ""
    letters: int = 0


def neutral_html(comment: Comment, target: Any, entry: Target) -> str:
    """The comment for every reader of the conversation, in the active language and zone."""
    authors = {author.pk for author in entry.authors(target)}
    row = Row(
        comment=comment,
        wrote_it=is_of_asker(comment, target, authors),
        text=display(comment.body),
        accepted=comment.pk in entry.accepted(target),
        mark=entry.marks(target).get(comment.user_id or 0, ""),
        reactions=reactions_on([comment], None, target)[comment.pk],
        files=attached_to([comment])[comment.pk],
        neutral=True,
    )
    talk = {"asks": entry.asks(target), "may_post": True, "entry": entry, "target": target}
    context = {"row": row, "talk": talk, "accept_url": entry.accept_url(target)}
    return render_to_string("conversations/comment.html", context)
