"""People are told of comments a moment after those were said, of several at once where much is said.

A row for each comment is written with it and goes when people were told, so that a process that dies in
between delays it only: whoever finds rows left over tells of them. Told twice is as told once.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ..models import Comment, Conversation, Telling
from .telling import tell_of

SOON = timedelta(seconds=1)
LEFT_OVER = timedelta(minutes=2)
AT_ONCE = 200


def tell_soon(comment: Comment, *, answers: Comment | None) -> None:
    """Have people told of a comment that is shown now. Wants the lock of its conversation."""
    is_first = not Telling.objects.filter(comment__conversation=comment.conversation_id).exists()
    Telling.objects.create(comment=comment, answers=answers)
    if is_first:
        _queue(comment.conversation_id)


@task()
def tell_waiting(conversation_id: int) -> int:
    """Tell people of what was said in this conversation and not told; the number of comments."""
    rows = Telling.objects.filter(comment__conversation=conversation_id).order_by("pk")
    waiting = list(rows.select_related("comment__user", "comment__conversation", "answers__user")[:AT_ONCE])
    # What was taken away meanwhile is told to nobody.
    said = [
        (row.comment, row.answers) for row in waiting if row.comment.is_public and not row.comment.is_removed
    ]
    target = said[0][0].conversation.target if said else None
    if target is not None:
        tell_of(said, target)
    with transaction.atomic():
        # Under the lock nobody adds one: either it is seen here, or it is the first again.
        Conversation.objects.select_for_update().filter(pk=conversation_id).first()
        Telling.objects.filter(pk__in=[row.pk for row in waiting]).delete()
        if rows.exists():
            _queue(conversation_id)
    return len(said)


@task()
def tell_left_over() -> int:
    """Tell of what a process that died left behind; the number of comments. Meant to run every minute."""
    return tell_now(lambda rows: rows.filter(at__lt=timezone.now() - LEFT_OVER))


def tell_now(which: Callable[..., object] | None = None) -> int:
    """Tell of everything that waits, or of `which` of it; the number of comments."""
    rows = Telling.objects.order_by()
    found: object = which(rows) if which else rows
    numbers = found.values_list("comment__conversation", flat=True).distinct()  # type: ignore[attr-defined]
    return sum(tell_waiting.call(number) for number in list(numbers))


def _queue(conversation_id: int) -> None:
    tell_waiting.using(run_after=timezone.now() + SOON).enqueue(conversation_id)
