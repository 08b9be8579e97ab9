"""What is new to a reader since they last looked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Window

from ..models import Comment, Conversation, ReadMark


@dataclass(frozen=True, slots=True)
class Unread:
    """`count` comments of others since `at`; the first of them is the comment `first`."""

    count: int
    first: int
    since: datetime | None
    seq: int

    def holds(self, comment: Comment, user: Any) -> bool:
        return self.seq > 0 and comment.seq > self.seq and comment.user_id != user.pk


NOTHING_NEW = Unread(0, 0, None, 0)


def unread_of(user: Any, conversation: Conversation | None, since: int = 0) -> Unread:
    """New since the reader's mark, or since this number; nothing is new to who never looked.

    At most two queries.
    """
    if conversation is None:
        return NOTHING_NEW
    if since:
        return Unread(0, 0, None, since)
    mark = ReadMark.objects.filter(conversation=conversation, user=user).first()
    if mark is None:
        return NOTHING_NEW
    if mark.seq >= conversation.seq:
        return Unread(0, 0, mark.at, mark.seq)
    others = Comment.objects.present().filter(conversation=conversation, seq__gt=mark.seq)
    counted = others.exclude(user=user).annotate(number=Window(Count("pk"))).order_by("seq")
    first, number = counted.values_list("pk", "number").first() or (0, 0)
    return Unread(number, first, mark.at, mark.seq)
