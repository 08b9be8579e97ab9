"""What a think club reads, in which order, and the discussion about each chapter."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kring.people.models import User

from ..models import Chapter, CommunityPage, Discussion
from ..permissions import can_post_in
from .discussing import start_discussion
from .listing import change_places, keep, kept_by, place_after, publish_lists, take_away
from .membership import locked

MOST_CHAPTERS = 60
FIELDS = frozenset({"title", "source", "url", "discussed_on"})


@transaction.atomic
def add_chapter(*, community: CommunityPage, by: User, **fields: Any) -> Chapter:
    """Put a chapter at the end of the list; fields: those of FIELDS.

    Raises PermissionDenied, ValidationError.
    """
    community = kept_by(by, community)
    present = list(Chapter.objects.filter(community=community))
    if len(present) >= MOST_CHAPTERS:
        raise ValidationError(_("Sixty chapters are a bookcase. Take what you read away first."))
    chapter = Chapter(community=community, sort_order=place_after(present), **_known(fields))
    keep(chapter, community, by)
    return chapter


@transaction.atomic
def edit_chapter(*, chapter: Chapter, by: User, **changes: Any) -> Chapter:
    """Change what the list says of it. Raises PermissionDenied, ValidationError."""
    community = kept_by(by, chapter.community)
    chapter = Chapter.objects.get(pk=chapter.pk)
    for name, value in _known(changes).items():
        setattr(chapter, name, value)
    keep(chapter, community, by)
    return chapter


@transaction.atomic
def remove_chapter(*, chapter: Chapter, by: User) -> None:
    """Take it off the list; what was said about it stays. Raises PermissionDenied."""
    take_away(chapter, kept_by(by, chapter.community), by)


@transaction.atomic
def move_chapter(*, chapter: Chapter, by: User, up: bool) -> None:
    """Change places with the neighbour above or below; at the end of the list nothing happens."""
    change_places(chapter, kept_by(by, chapter.community), by, up=up)


@transaction.atomic
def discuss_chapter(*, chapter: Chapter, by: User) -> Discussion:
    """Begin the discussion about a chapter, once: who comes second gets the one there is.

    Whoever may post may begin it. Raises PermissionDenied.
    """
    community = locked(chapter.community)
    chapter = Chapter.objects.select_related("discussion").get(pk=chapter.pk)
    if not can_post_in(by, community):
        raise PermissionDenied
    if chapter.discussion and not chapter.discussion.removed_at:
        return chapter.discussion
    chapter.discussion = start_discussion(
        by=by,
        community=community,
        kind=Discussion.Kind.DISCUSSION,
        title=chapter.title,
        body=_opening(chapter),
        language=community.language,
        looked_at=True,
    )
    chapter.save(update_fields=["discussion"])
    publish_lists(community, by)
    return chapter.discussion


def _opening(chapter: Chapter) -> str:
    """Where it stands, as HTML."""
    lines = [format_html("{}", chapter.source)] if chapter.source else []
    if chapter.url:
        lines.append(format_html('<a href="{0}">{0}</a>', chapter.url))
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"a chapter has no {sorted(unknown)}")
    return fields
