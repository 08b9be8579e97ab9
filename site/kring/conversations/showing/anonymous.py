"""What a reader sees of anonymous people: never who they are, always which words are whose."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from ..kinds import place_of
from ..models import Comment, Conversation, Seal
from ..permissions import holds_seal


def sealed_by(user: Any, conversation: Conversation | None) -> set[int]:
    """Primary keys of what this person said anonymously in the conversation. One query."""
    if conversation is None or not user.is_authenticated:
        return set()
    mine = Seal.objects.of_comments(conversation).held_by(user)
    return set(mine.values_list("object_id", flat=True))


def is_of_asker(comment: Comment, target: Any, authors: Collection[int]) -> bool:
    """Whether whoever wrote the thing says this, openly or as its anonymous first."""
    if comment.is_anonymous:
        return comment.alias == 1 and bool(getattr(target, "is_anonymous", False))
    return comment.user_id is not None and comment.user_id in authors


def of_asker(target: Any, authors: Collection[int]) -> Q:
    """The same as a condition on comments about it."""
    first = Q(is_anonymous=True, alias=1) if getattr(target, "is_anonymous", False) else Q(pk__in=[])
    return first | Q(is_anonymous=False, user__in=list(authors))


def letters_about(comments: Iterable[Comment]) -> dict[int, int]:
    """Primary key of each anonymous comment to that of its seal, by which one writes to whoever it is."""
    wanted = [comment.pk for comment in comments if comment.is_anonymous]
    if not wanted:
        return {}
    seals = Seal.objects.of_comments().filter(object_id__in=wanted)
    return dict(seals.values_list("object_id", "pk"))


def may_be_anonymous(audience: str) -> bool:
    return bool(place_of(audience).allows_anonymous(audience))


def is_anonymous_here(user: Any, target: Any, sealed: Collection[int]) -> bool:
    """Whether they wrote here without a name before, so that it is proposed again."""
    if sealed:
        return True
    return bool(getattr(target, "is_anonymous", False)) and holds_seal(user, target)
