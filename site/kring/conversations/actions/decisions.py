"""What moderators decide: written down, shown to whom it concerns, and undone."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.notifications.actions import notify
from kring.people.models import User
from kring.ui.ready import as_kept

from ..kinds import looks_after, place_of
from ..models import Decision, Seal
from .sealing import person_in

Undo = Callable[[Decision, User], None]

# No person, and no anonymous one either.
NOT_GIVEN: Any = object()

_undos: dict[str, Undo] = {}
_labels: dict[str, Any] = {}


class NotUndoneError(ValidationError):
    """It cannot be undone (any more); the message says why."""


def register_verb(verb: str, label: Any) -> None:
    """Say what a decision with this verb is called: lazy, in the past ("removed a comment")."""
    _labels[verb] = label


def register_undo(verb: str, function: Undo, label: Any) -> None:
    """The same, for what can be undone by function(decision, by), which runs in a transaction.

    It raises NotUndoneError where it cannot. Who may undo is checked before.
    """
    _undos[verb] = function
    register_verb(verb, label)


def label_of(verb: str) -> str:
    return str(_labels.get(verb, verb))


def verbs() -> dict[str, str]:
    """Verb to what it is called, for a choice."""
    return {verb: str(label) for verb, label in _labels.items()}


def can_be_undone(decision: Decision) -> bool:
    return decision.undone_at is None and decision.verb in _undos


def record_decision(
    *,
    verb: str,
    thing: models.Model,
    by: User,
    audience: str,
    title: str = "",
    affected: User | None = NOT_GIVEN,
    reason: str = "",
    data: dict[str, Any] | None = None,
    tell: bool = True,
) -> Decision:
    """Write down in the caller's transaction what a moderator did.

    `affected` is whose thing it was: None for an anonymous thing, where the seal leads to them, and left out
    where it is about nobody. They are told (unless `tell` is false), with the way to an appeal. `data` is
    what the undoing needs.
    """
    is_sealed = affected is None and bool(getattr(thing, "is_anonymous", False))
    affected = None if affected is NOT_GIVEN else affected
    decision = Decision.objects.create(
        verb=verb,
        thing=thing,
        by=by,
        audience=audience,
        title=(title or str(thing))[:255],
        affected=affected if affected != by else None,
        reason=as_kept(reason)[:1000],
        data=data or {},
        is_sealed=is_sealed,
    )
    if tell and decision.affected:
        _tell(decision, "decision.made", [decision.affected])
    elif tell and decision.is_sealed:
        tell_sealed(decision, "seal.decided")
    return decision


@transaction.atomic
def undo_decision(*, decision: Decision, by: User, tell: bool = True) -> Decision:
    """Take it back; twice is as once. Raises PermissionDenied, NotUndoneError."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not looks_after(by, decision.audience):
        raise PermissionDenied
    if decision.undone_at:
        return decision
    if decision.verb not in _undos or decision.thing is None:
        raise NotUndoneError(_("This cannot be undone any more."))
    _undos[decision.verb](decision, by)
    decision.undone_at, decision.undone_by = timezone.now(), by
    decision.save(update_fields=["undone_at", "undone_by"])
    if tell and decision.affected and decision.affected != by:
        _tell(decision, "decision.undone", [decision.affected])
    elif tell and decision.is_sealed:
        tell_sealed(decision, "seal.undone")
    return decision


def tell_sealed(decision: Decision, kind: str) -> None:
    """Whoever wrote the anonymous thing is told, with the way to the decision; nothing says who it is."""
    about = Seal.objects.filter(content_type=decision.content_type_id, object_id=decision.object_id).first()
    person = person_in(about) if about else None
    if person and person.pk != decision.by_id:
        notify(
            kind=kind,
            recipients=[person],
            actor=None,
            title=decision.title,
            url=reverse("decision", args=[decision.pk]),
            group_key=f"decision:{decision.pk}",
            dedupe_key=f"{kind}:{decision.pk}",
        )


def _tell(decision: Decision, kind: str, people: Iterable[User]) -> None:
    """Whose doing it was is not said: those who look after a place do it together."""
    place = place_of(decision.audience).thing(decision.audience)
    notify(
        kind=kind,
        recipients=people,
        actor=None,
        title=decision.title,
        url=reverse("decision", args=[decision.pk]),
        group_key=f"decision:{decision.pk}",
        dedupe_key=f"{kind}:{decision.pk}",
        data={"verb": decision.verb, "community": str(place or ""), "language": _language(decision)},
    )


def _language(decision: Decision) -> str:
    """Of the title."""
    thing: Any = decision.thing
    about = getattr(getattr(thing, "conversation", None), "target", None) or thing
    return str(getattr(about, "language", ""))
