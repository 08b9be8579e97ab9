"""What can be talked about, and who may do what in a conversation. Apps register their models here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from .models import Attachment, Comment

Predicate = Callable[[Any, Any], bool]


def nobody(user: Any, target: Any) -> bool:
    return False


def no_audience(target: Any) -> str:
    return ""


def no_people(target: Any) -> Iterable[Any]:
    return ()


def nothing(target: Any, comment: Comment) -> None:
    """For targets that keep nothing about their conversation."""


def usual_reason(user: Any, target: Any) -> str:
    return _("You can read this conversation; writing in it is for members.")


@dataclass(frozen=True, slots=True)
class Target:
    """A model whose rows can be talked about.

    label: what one is called in the addresses and in group keys ("lesson"); unique.
    can_read, can_post, can_moderate: predicates (user, target). why_not: why this user may not post.
    audience: the token one must hold to see it. authors: people who wrote it, told of each comment.
    asks: whether what is said first is an answer (a question) and not a comment.
    keep: gets (target, {user: reason}) and gives those who may read it and want to hear that; it may add
    others. A reason is a key of kring.notifications.kinds.REASONS.
    on_changed: called in the transaction after a comment was posted or removed.
    """

    model: type[models.Model]
    label: str
    can_read: Predicate
    can_post: Predicate
    can_moderate: Predicate = nobody
    why_not: Callable[[Any, Any], str] = usual_reason
    audience: Callable[[Any], str] = no_audience
    authors: Callable[[Any], Iterable[Any]] = no_people
    asks: Callable[[Any], bool] = lambda target: False
    keep: Callable[[Any, dict[Any, str]], dict[Any, str]] | None = None
    on_changed: Callable[[Any, Comment], None] = nothing


_targets: dict[type[models.Model], Target] = {}


def register_target(
    model: type[models.Model], *, label: str, can_read: Predicate, can_post: Predicate, **more: Any
) -> None:
    """Let rows of a model be talked about; see Target for what else may be given."""
    _targets[model] = Target(model, label, can_read, can_post, **more)


def target_of(thing: models.Model) -> Target:
    """The registration of a thing's model; raises LookupError where none is."""
    found = _targets.get(type(thing))
    if found is None:
        raise LookupError(f"{type(thing).__name__} cannot be talked about: register_target() it")
    return found


def target_called(label: str) -> Target | None:
    return next((one for one in _targets.values() if one.label == label), None)


def targets() -> list[Target]:
    return list(_targets.values())


def _is_here(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def can_read_conversation(user: Any, thing: models.Model) -> bool:
    return _is_here(user) and target_of(thing).can_read(user, thing)


def can_post_on(user: Any, thing: models.Model) -> bool:
    """Whether they may post at all; a closed conversation is another matter."""
    return can_read_conversation(user, thing) and target_of(thing).can_post(user, thing)


def can_moderate_conversation(user: Any, thing: models.Model) -> bool:
    return can_read_conversation(user, thing) and target_of(thing).can_moderate(user, thing)


def can_read_comment(user: Any, comment: Comment) -> bool:
    """Who reads the thing reads what is said about it, held posts excepted."""
    thing = comment.conversation.target
    if thing is None or type(thing) not in _targets or not can_read_conversation(user, thing):
        return False
    return comment.is_public or can_moderate_conversation(user, thing)


def can_edit_comment(user: Any, comment: Comment) -> bool:
    """One's own words, as long as one may post there. Nobody changes another's."""
    return (
        can_read_comment(user, comment)
        and comment.user_id == user.pk
        and not comment.is_removed
        and not comment.conversation.locked
        and can_post_on(user, comment.conversation.target)
    )


def can_remove_comment(user: Any, comment: Comment) -> bool:
    """One's own, also where one may no longer post; moderators remove anybody's."""
    if comment.is_removed or not can_read_comment(user, comment):
        return False
    return comment.user_id == user.pk or can_moderate_conversation(user, comment.conversation.target)


def can_read_attachment(user: Any, attachment: Attachment) -> bool:
    """Before it is posted its owner; then its readers, and of a hidden one its author and moderators."""
    comment, thing = attachment.comment, attachment.conversation.target
    if thing is None or type(thing) not in _targets or not can_read_conversation(user, thing):
        return False
    if comment is None:
        return attachment.owner_id == user.pk
    if comment.is_public and not comment.is_removed:
        return True
    return comment.user_id == user.pk or can_moderate_conversation(user, thing)


def can_read_file(user: Any, name: str) -> bool:
    """Whether somebody may fetch a file of a conversation, by its name in the storage."""
    found = Attachment.objects.select_related("conversation", "comment").filter(file=name).first()
    return found is not None and can_read_attachment(user, found)
