"""Files that people add to what they say: checked, counted, and kept a day until they are posted."""

import zipfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.people.models import User
from kring.ui.images import NotDrawnError, TooLargeError, drawn_anew

from ..models import Attachment, Comment, Conversation
from ..permissions import can_post_on
from .counting import locked_conversation

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5
MOST_BYTES_A_DAY = 100 * 1024 * 1024
UNPOSTED_FOR = timedelta(days=1)

IMAGES = {"png", "jpg", "jpeg", "webp", "gif"}
OFFICE = "application/vnd.openxmlformats-officedocument"
FILES = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "log": "text/plain",
    "csv": "text/csv",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "zip": "application/zip",
}
TEXTS = {"txt", "log", "csv"}


class NotAttachedError(ValidationError):
    """The file is not taken; the message says which and why, in the reader's language."""


@transaction.atomic
def attach_file(*, target: models.Model, by: User, upload: Any) -> Attachment:
    """Keep a file for a comment that is being written. Raises PermissionDenied, NotAttachedError."""
    if not can_post_on(by, target):
        raise PermissionDenied
    name = _name(upload.name)
    if upload.size > MOST_BYTES:
        raise NotAttachedError(
            _("%(name)s is larger than 10 MB. Share it as a link instead.") % {"name": name}
        )
    conversation = locked_conversation(target)
    _check_day(by, name, upload.size)
    suffix = PurePath(name).suffix.lower().lstrip(".")
    row = Attachment(conversation=conversation, owner=by, name=name)
    content = _picture(row, upload) if suffix in IMAGES else _file(row, upload, suffix)
    row.size = content.size
    row.file.save(content.name or "", content, save=False)
    row.save()
    return row


def unposted_of(target: models.Model, numbers: Iterable[int], *, by: User) -> list[Attachment]:
    """Those of these files that the person added here and did not post yet."""
    mine = Attachment.objects.filter(owner=by, comment=None, pk__in=list(numbers))
    return list(mine.filter(conversation__in=Conversation.objects.about(target)))


def claim_files(comment: Comment, by: User, files: Iterable[Attachment]) -> None:
    """Post these files with the comment. Anonymous ones belong to nobody from now."""
    numbers = [one.pk for one in files]
    if not numbers:
        return
    rows = Attachment.objects.filter(pk__in=numbers, owner=by, comment=None)
    rows = rows.filter(conversation=comment.conversation)
    rows.update(comment=comment, owner=None if comment.is_anonymous else by)


def check_files(files: list[Attachment], *, anonymous: bool) -> None:
    """Raises NotAttachedError for too many, or for files that tell who made them."""
    if len(files) > MOST_FILES:
        raise NotAttachedError(_("At most five files go with one comment. Leave some out."))
    if anonymous and any(not one.is_image for one in files):
        raise NotAttachedError(
            _("Documents often say who made them. Without your name only pictures go along.")
        )


def keep_files(comment: Comment, kept: Iterable[int], added: list[Attachment], *, by: User) -> None:
    """While a comment is changed: those of its files that stay, and new ones. The author was asked for."""
    staying = set(kept)
    present = list(comment.attachments.all())
    check_files([one for one in present if one.pk in staying] + added, anonymous=comment.is_anonymous)
    for one in present:
        if one.pk not in staying:
            one.delete()
    claim_files(comment, by, added)


def delete_unposted() -> int:
    """Files of comments that never came; the number deleted. Twice is as once."""
    old = Attachment.objects.filter(comment=None, created_at__lt=timezone.now() - UNPOSTED_FOR)
    return old.delete()[0]


def _check_day(by: User, name: str, size: int) -> None:
    since = timezone.now() - timedelta(days=1)
    today = Attachment.objects.filter(owner=by, created_at__gt=since).aggregate(bytes=Sum("size"))["bytes"]
    if (today or 0) + size > MOST_BYTES_A_DAY:
        words = _("With %(name)s you would add more than 100 MB within a day. Add it tomorrow.")
        raise NotAttachedError(words % {"name": name})


def _name(given: str | None) -> str:
    """As it was called, without folders and what cannot be printed."""
    name = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if sign.isprintable()).strip() or _("file")
    path = PurePath(name)
    return path.stem[: 190 - len(path.suffix[:10])] + path.suffix[:10]


def _picture(row: Attachment, upload: Any) -> ContentFile:
    try:
        drawn = drawn_anew(upload)
    except TooLargeError:
        words = _("%(name)s has too many pixels. Take a smaller picture.")
        raise NotAttachedError(words % {"name": row.name}) from None
    except NotDrawnError:
        words = _("%(name)s is no picture that we can read. Take a PNG, JPEG, WebP or GIF.")
        raise NotAttachedError(words % {"name": row.name}) from None
    row.content_type, row.width, row.height = drawn.content_type, drawn.width, drawn.height
    return ContentFile(drawn.content, name=f"picture.{drawn.suffix}")


def _file(row: Attachment, upload: Any, suffix: str) -> ContentFile:
    if suffix not in FILES:
        words = _("%(name)s cannot be added: pictures, PDF, text, CSV, Word, Excel, PowerPoint and ZIP can.")
        raise NotAttachedError(words % {"name": row.name})
    upload.seek(0)
    content = upload.read()
    if not _is_what_it_says(suffix, content, upload):
        raise NotAttachedError(_("%(name)s is not what its name says.") % {"name": row.name})
    row.content_type = FILES[suffix]
    return ContentFile(content, name=f"file.{suffix}")


def _is_what_it_says(suffix: str, content: bytes, upload: Any) -> bool:
    if suffix in TEXTS:
        return b"\0" not in content or content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if suffix == "pdf":
        return b"%PDF-" in content[:1024]
    upload.seek(0)
    return zipfile.is_zipfile(upload)
