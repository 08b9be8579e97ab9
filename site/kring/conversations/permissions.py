"""What can be talked about, and who may do what in a conversation. Apps register their models here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kring.people.models import User
from kring.people.permissions import can_see_person

from .kinds import leads_place, looks_after, place_of
from .models import Appeal, Attachment, Comment, Decision, Seal

Predicate = Callable[[Any, Any], bool]


def nobody(user: Any, target: Any) -> bool:
    return False


def no_audience(target: Any) -> str:
    return ""


def no_people(target: Any) -> Iterable[Any]:
    return ()


def nothing(target: Any, comment: Comment) -> None:
    """For targets that keep nothing about their conversation."""


def no_marks(target: Any) -> dict[int, str]:
    return {}


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
    marks: primary key of people to a word that stands beside their name there ("Host").
    readers: gets (target, people) and gives those of them who may read it, in their order; by can_read if
    it is not given.
    by_same: whether what is said may be read in the order of how many say "same here".
    accepted: primary keys of the answers that helped. accept_url: where such answers are chosen.
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
    by_same: Callable[[Any], bool] = lambda target: False
    keep: Callable[[Any, dict[Any, str]], dict[Any, str]] | None = None
    on_changed: Callable[[Any, Comment], None] = nothing
    marks: Callable[[Any], dict[int, str]] = no_marks
    readers: Callable[[Any, list[Any]], Iterable[Any]] | None = None
    accepted: Callable[[Any], Iterable[int]] = no_people
    accept_url: Callable[[Any], str] = no_audience


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


def readers_among(thing: models.Model, people: Iterable[Any]) -> list[Any]:
    """Those of these people who may read it."""
    entry, wanted = target_of(thing), [user for user in people if _is_here(user)]
    if entry.readers is not None:
        return list(entry.readers(thing, wanted))
    return [user for user in wanted if entry.can_read(user, thing)]


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
    return comment.is_public or wrote_comment(user, comment) or can_moderate_conversation(user, thing)


def holds_seal(user: Any, thing: models.Model) -> bool:
    """Whether this person wrote that anonymous thing."""
    return user.is_authenticated and Seal.objects.about(thing).held_by(user).exists()


def wrote_comment(user: Any, comment: Comment) -> bool:
    """Whether these are their words, under their name or without it."""
    if comment.is_anonymous:
        return holds_seal(user, comment)
    return comment.user_id is not None and comment.user_id == user.pk


def can_read_history(user: Any, comment: Comment) -> bool:
    """Who reads the comment; of a removed one those who look after the conversation."""
    if not can_read_comment(user, comment):
        return False
    return not comment.is_removed or can_moderate_conversation(user, comment.conversation.target)


def can_edit_comment(user: Any, comment: Comment) -> bool:
    """One's own words, as long as one may post there. Nobody changes another's."""
    return (
        can_read_comment(user, comment)
        and wrote_comment(user, comment)
        and not comment.is_removed
        and not comment.conversation.locked
        and can_post_on(user, comment.conversation.target)
    )


def can_remove_comment(user: Any, comment: Comment) -> bool:
    """One's own, also where one may no longer post; moderators remove anybody's."""
    if comment.is_removed or not can_read_comment(user, comment):
        return False
    return wrote_comment(user, comment) or can_moderate_conversation(user, comment.conversation.target)


def can_react(user: Any, thing: models.Model, comment: Comment | None, *, reads: bool = False) -> bool:
    """Whoever reads it, but not to one's own. `reads`: for lists, where that they do is known already."""
    if not reads and not can_read_conversation(user, thing):
        return False
    if comment is not None:
        wrote = comment.user_id == user.pk if reads else wrote_comment(user, comment)
        return comment.is_public and not comment.is_removed and not wrote
    return user.pk not in {author.pk for author in target_of(thing).authors(thing)}


def can_read_attachment(user: Any, attachment: Attachment) -> bool:
    """Before it is posted its owner; then its readers, and of a hidden one its author and moderators."""
    comment = attachment.comment
    thing = (comment or attachment).conversation.target
    if thing is None or type(thing) not in _targets or not can_read_conversation(user, thing):
        return False
    if comment is None:
        return attachment.owner_id == user.pk
    if comment.is_public and not comment.is_removed:
        return True
    return wrote_comment(user, comment) or can_moderate_conversation(user, thing)


def can_read_file(user: Any, name: str) -> bool:
    """Whether somebody may fetch a file of a conversation, by its name in the storage."""
    rows = Attachment.objects.select_related("conversation", "comment__conversation")
    found = rows.filter(file=name).first()
    return found is not None and can_read_attachment(user, found)


def concerns(user: Any, decision: Decision) -> bool:
    """Whether it is about what this person wrote, under their name or without it."""
    if not decision.is_sealed:
        return decision.affected_id is not None and decision.affected_id == user.pk
    if not user.is_authenticated or decision.by_id == user.pk:
        return False
    about = Seal.objects.filter(content_type=decision.content_type_id, object_id=decision.object_id)
    return about.held_by(user).exists()


def deciders(decision: Decision) -> list[Any]:
    """Who may look at it again: moderators who neither decided nor are concerned; else leads."""
    place = place_of(decision.audience)
    others = [one for one in place.moderators(decision.audience) if not concerns(one, decision)]
    fresh = [one for one in others if one.pk != decision.by_id]
    return fresh or [one for one in place.lead_people(decision.audience) if not concerns(one, decision)]


def can_see_decision(user: Any, decision: Decision) -> bool:
    """Whom it concerns, and who looks after the place; of one about a person, who may see them."""
    if not _is_here(user) or not (concerns(user, decision) or looks_after(user, decision.audience)):
        return False
    return not isinstance(decision.thing, User) or can_see_person(user, decision.thing)


def can_appeal(user: Any, decision: Decision) -> bool:
    """Whom it concerns, once, while it stands."""
    if not _is_here(user) or not concerns(user, decision) or decision.undone_at:
        return False
    return not Appeal.objects.filter(decision=decision).exists()


def can_answer_appeal(user: Any, appeal: Appeal) -> bool:
    """Not who asked; not who decided, unless a lead is alone. An administrator always, then."""
    decision = appeal.decision
    if not _is_here(user) or concerns(user, decision) or not looks_after(user, decision.audience):
        return False
    return decision.by_id != user.pk or user in deciders(decision)


def audience_of_thing(thing: Any) -> str:
    """The token of where a comment, or a thing that is talked about, stands."""
    target = thing.conversation.target if isinstance(thing, Comment) else thing
    return target_of(target).audience(target)


def can_read_thing(user: Any, thing: Any) -> bool:
    if isinstance(thing, Comment):
        return can_read_comment(user, thing)
    return can_read_conversation(user, thing)


def is_whose(user: Any, thing: Any) -> bool:
    """Whether a comment, or a thing that is talked about, is this person's own."""
    if isinstance(thing, Comment):
        return wrote_comment(user, thing)
    if getattr(thing, "is_anonymous", False):
        return holds_seal(user, thing)
    return any(author == user for author in target_of(thing).authors(thing))


def can_report(user: Any, thing: Any) -> bool:
    """Whoever reads it, but not what is their own, or gone already."""
    gone = isinstance(thing, Comment) and (thing.is_removed or not thing.is_public)
    return not gone and can_read_thing(user, thing) and not is_whose(user, thing)


def can_write_letter(user: Any, seal: Seal) -> bool:
    """Whoever wrote the anonymous thing, and who looks after the place: both read and write."""
    if not _is_here(user) or seal.thing is None:
        return False
    return holds_seal(user, seal.thing) or looks_after(user, seal.audience)


def can_open_seal(user: Any, seal: Seal) -> bool:
    """Leads and administrators, two together; never whose it is."""
    if not _is_here(user) or seal.thing is None or not seal.holder:
        return False
    return leads_place(user, seal.audience) and not holds_seal(user, seal.thing)


def name_of_file(name: str) -> str:
    """What a file of a conversation was called where it came from."""
    found = Attachment.objects.filter(file=name).values_list("name", flat=True).first()
    return found or ""
