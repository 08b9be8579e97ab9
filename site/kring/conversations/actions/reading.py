"""How far somebody has read."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from ..models import Conversation, ReadMark
from ..permissions import can_read_conversation


@transaction.atomic
def mark_read(*, target: models.Model, by: Any, seq: int) -> int:
    """Remember that they have read up to here; the mark never goes back. Raises PermissionDenied."""
    if not can_read_conversation(by, target):
        raise PermissionDenied
    conversation = Conversation.objects.about(target).first()
    if conversation is None:
        return 0
    wanted = min(seq, conversation.seq)
    mark, _made = ReadMark.objects.get_or_create(conversation=conversation, user=by)
    if wanted > mark.seq:
        mark.seq, mark.at = wanted, timezone.now()
        mark.save(update_fields=["seq", "at"])
    return mark.seq


@transaction.atomic
def mark_all_read(*, by: Any, model: type[models.Model], ids: Any) -> int:
    """All that is new to them about these rows of a model is read; how many conversations that were."""
    content_type = ContentType.objects.get_for_model(model)
    marks = ReadMark.objects.filter(
        user=by,
        conversation__content_type=content_type,
        conversation__object_id__in=ids,
        seq__lt=F("conversation__seq"),
    )
    rows = list(marks.select_related("conversation"))
    for mark in rows:
        mark.seq, mark.at = mark.conversation.seq, timezone.now()
    ReadMark.objects.bulk_update(rows, ["seq", "at"], batch_size=500)
    return len(rows)
