"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kring.people.models import User

from ..models import Attachment, Bookmark, Comment, Following, Mention, Reaction, ReadMark
from ..permissions import can_read_conversation
from .holdings_moderation import erase_moderation, moderation_of
from .mentioning import forget_mentions


def holdings_of(user: User) -> dict[str, list[Any]]:
    """Everything the person said and did not remove, and what they did with the words of others.

    Addresses hold the title of today, so there is none of what they may no longer read.
    """
    return {
        "said": _said(user),
        "reactions": [
            {"kind": row.kind, "url": _address(row, user), "at": row.at}
            for row in _with_place(Reaction, user)
        ],
        "kept": [{"url": _address(row, user), "at": row.at} for row in _with_place(Bookmark, user)],
        "told": [{"state": row.state, "url": _address(row, user)} for row in _with_place(Following, user)],
        "files": list(Attachment.objects.filter(owner=user).values("name", "size", "created_at")),
        **moderation_of(user),
    }


def files_of(user: User) -> list[str]:
    return list(Attachment.objects.filter(owner=user).values_list("file", flat=True))


def _said(user: User) -> list[dict[str, Any]]:
    rows = Comment.objects.by(user).select_related("conversation")
    rows = rows.prefetch_related("conversation__target", "revisions")
    return [
        {
            "kind": row.kind,
            "text": row.body,
            "earlier": [earlier.body for earlier in row.revisions.all()],
            "url": row.get_absolute_url() if _address(row, user) else "",
            "posted_at": row.submit_date,
            "edited_at": row.edited_at,
            "removed": row.is_removed,
        }
        for row in rows.in_time()
    ]


def _with_place(model: type[models.Model], user: User) -> Any:
    """Rows of the person, each with the conversation it is about."""
    rows = model._default_manager.filter(user=user).order_by("pk")
    return rows.select_related("conversation").prefetch_related("conversation__target")


def _address(row: Any, user: User) -> str:
    target = row.conversation.target
    if target is None or not can_read_conversation(user, target):
        return ""
    address: str = target.get_absolute_url()
    comment = getattr(row, "comment_id", None)
    return f"{address}?c={comment}#c{comment}" if comment else address


@transaction.atomic
def erase_comments(user: User) -> None:
    """What was said stays of use to others; whose words they were is no longer known."""
    rows = list(Comment.objects.by(user))
    for row in rows:
        row.user, row.user_name, row.user_email, row.user_url, row.ip_address = None, "", "", "", None
        row.save(update_fields=["user", "user_name", "user_email", "user_url", "ip_address"])
    Attachment.objects.filter(owner=user, comment=None).delete()
    Attachment.objects.filter(owner=user).update(owner=None)
    with translation.override(settings.LANGUAGE_CODE):
        forget_mentions(user, _("a former colleague"))
    for model in (Reaction, Bookmark, Following, Mention, ReadMark):
        model.objects.filter(user=user).delete()
    erase_moderation(user)
