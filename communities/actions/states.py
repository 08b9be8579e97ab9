"""What state a question is in, and the locks under which it changes: the conversation first, then the row."""

from typing import Any

from kring.conversations.actions.counting import locked_conversation
from kring.conversations.models import Comment, Conversation

from ..models import Discussion
from ..querysets import is_own


def locked(discussion: Discussion) -> Discussion:
    """The row as it is now, until the transaction ends."""
    return Discussion.objects.select_for_update().get(pk=discussion.pk)


def locked_talk(discussion: Discussion) -> tuple[Conversation, Discussion]:
    """The conversation and the row, in the order in which posting takes them."""
    conversation = locked_conversation(discussion)
    return conversation, locked(discussion)


def said(discussion: Discussion) -> Any:
    """Everything said about it that readers see."""
    about = {
        "conversation__content_type__app_label": "communities",
        "conversation__content_type__model": "discussion",
        "conversation__object_id": discussion.pk,
    }
    return Comment.objects.present().filter(**about).order_by()


def answers(discussion: Discussion) -> Any:
    return said(discussion).filter(kind=Comment.Kind.ANSWER)


def state_of(discussion: Discussion) -> str:
    """As the row is in memory. Where no answer is chosen, what the asker adds is none."""
    if discussion.kind != Discussion.Kind.QUESTION:
        return Discussion.State.OPEN
    if discussion.accepted_id:
        return Discussion.State.SOLVED
    others = answers(discussion).exclude(is_own(Discussion))
    return Discussion.State.ANSWERED if others.exists() else Discussion.State.OPEN


def accepted_ids(discussion: Discussion) -> list[int]:
    """Primary keys of the answers that helped, the first chosen first."""
    if not discussion.accepted_id:
        return []
    also = discussion.also_accepted.order_by("pk").values_list("pk", flat=True)
    return [discussion.accepted_id, *(pk for pk in also if pk != discussion.accepted_id)]


def withdraw(discussion: Discussion, comment: Comment) -> None:
    """Take the choice of this answer back, without saving the row; a further one takes its place."""
    discussion.also_accepted.remove(comment)
    if discussion.accepted_id == comment.pk:
        discussion.accepted = discussion.also_accepted.order_by("pk").first()
        if discussion.accepted:
            discussion.also_accepted.remove(discussion.accepted)
