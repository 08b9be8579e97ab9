"""What somebody keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kring.indexing.registry import kinds_of, searchables
from kring.ui.richtext.text import excerpt

from ..models import Bookmark, Comment, Conversation, Following
from ..permissions import target_of

MOST = 500
WORDS = 30


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the list, as a card wants it."""

    bookmark: Bookmark
    icon: str
    kind: str
    title: str
    url: str
    away_url: str
    language: str
    summary: str


def kept_by(user: Any) -> list[Kept]:
    """What they keep and may read now, the newest first. The same number of queries for any number."""
    rows = Bookmark.objects.filter(user=user).select_related("conversation", "comment__user")
    found = list(rows.prefetch_related("conversation__target")[:MOST])
    targets = {row.conversation.target for row in found if row.conversation.target is not None}
    visible = _visible(user, targets)
    return [_line(row) for row in found if row.conversation.target in visible and _is_shown(row.comment)]


def keeps(user: Any, comments: Iterable[Comment]) -> set[int]:
    """Primary keys of those comments that they keep. One query."""
    numbers = [comment.pk for comment in comments]
    return set(Bookmark.objects.filter(user=user, comment__in=numbers).values_list("comment_id", flat=True))


def kept_and_followed(user: Any, conversation: Conversation | None) -> tuple[bool, str]:
    """Whether they keep the thing itself, and what they want to hear of it."""
    if conversation is None:
        return False, ""
    kept = Bookmark.objects.filter(user=user, conversation=conversation, comment=None).exists()
    state = Following.objects.filter(user=user, conversation=conversation).values_list("state", flat=True)
    return kept, state.first() or ""


def _visible(user: Any, targets: set[Any]) -> set[Any]:
    """Asked by kind, as the search does it on the way out."""
    found = set()
    for model in {type(target) for target in targets}:
        ids = {target.pk for target in targets if type(target) is model}
        seen = {pk for kind in kinds_of(model) for pk in searchables()[kind].visible_ids(user, ids)}
        found |= {target for target in targets if type(target) is model and target.pk in seen}
    return found


def _is_shown(comment: Comment | None) -> bool:
    return comment is None or (comment.is_public and not comment.is_removed)


def _line(row: Bookmark) -> Kept:
    target: Any = row.conversation.target
    address, comment = target.get_absolute_url(), row.comment
    kind = searchables()[kinds_of(type(target))[0]]
    return Kept(
        bookmark=row,
        icon="bookmark" if comment else kind.icon,
        kind=_said_by(comment) if comment else capfirst(str(kind.singular)),
        title=str(target),
        url=comment.url_on(address) if comment else address,
        away_url=reverse("comment_keep", args=[comment.pk])
        if comment
        else reverse("target_keep", args=[target_of(target).label, target.pk]),
        language=getattr(target, "language", ""),
        summary=excerpt(comment.body, WORDS) if comment else "",
    )


def _said_by(comment: Comment) -> str:
    name = comment.alias_name if comment.is_anonymous else comment.name
    return _("%(name)s wrote") % {"name": name or _("A former colleague")}
