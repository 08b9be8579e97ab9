"""How far somebody has read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
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
