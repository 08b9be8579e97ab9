"""Moderators and whoever wrote something anonymously: letters, a pause, and opening the seal."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.notifications.actions import notify
from kring.people.models import User

from ..kinds import leads_place, looks_after, place_of
from ..models import BlindMessage, Seal, SealBlock, SealOpening
from ..permissions import can_open_seal, can_write_letter, holds_seal
from .decisions import record_decision
from .reporting import title_of
from .sealing import BLOCKED_FOR, person_in


class OpeningError(ValidationError):
    """The seal is not opened like this; the message says why."""


@transaction.atomic
def write_letter(*, seal: Seal, by: User, text: str) -> BlindMessage:
    """From the moderators to whoever it is, or back. Neither side learns who the author is.

    Raises PermissionDenied.
    """
    if not can_write_letter(by, seal):
        raise PermissionDenied
    is_author = holds_seal(by, _thing(seal))
    made = BlindMessage.objects.create(
        seal=seal, by=None if is_author else by, from_author=is_author, text=text[:4000]
    )
    if is_author:
        others = [one for one in place_of(seal.audience).moderators(seal.audience) if one != by]
        _tell(seal, "seal.answer", others, f"letter:{made.pk}", audience=seal.audience)
    else:
        tell_author(seal, "seal.letter", f"letter:{made.pk}")
    return made


@transaction.atomic
def block_anonymous(*, seal: Seal, by: User, reason: str = "") -> SealBlock:
    """Whoever it is writes nothing anonymously there for 30 days. Raises PermissionDenied."""
    thing = _thing(seal)
    if not looks_after(by, seal.audience) or holds_seal(by, thing):
        raise PermissionDenied
    until = timezone.now() + BLOCKED_FOR
    made, _new = SealBlock.objects.update_or_create(
        audience=seal.audience, holder=seal.holder, defaults={"until": until}
    )
    record_decision(
        verb="anonymous_blocked",
        thing=thing,
        by=by,
        audience=seal.audience,
        title=title_of(thing),
        affected=None,
        reason=reason,
        data={"seal": seal.pk},
        tell=False,
    )
    tell_author(seal, "seal.blocked", f"seal.blocked:{seal.pk}:{until:%Y%m%d}")
    return made


def undo_block(decision: Any, by: User) -> None:
    seal = Seal.objects.filter(pk=decision.data.get("seal")).first()
    if seal:
        SealBlock.objects.filter(audience=seal.audience, holder=seal.holder).delete()


@transaction.atomic
def ask_opening(*, seal: Seal, by: User, reason: str) -> SealOpening:
    """A lead wants to know who it is, and says why; another one has to agree. Raises PermissionDenied."""
    if not can_open_seal(by, seal):
        raise PermissionDenied
    waiting = seal.openings.filter(agreed_at=None, refused_at=None).first()
    if waiting:
        return waiting
    made = SealOpening.objects.create(seal=seal, asked_by=by, reason=reason[:1000])
    others = [one for one in place_of(seal.audience).lead_people(seal.audience) if one != by]
    _tell(seal, "seal.opening", others, f"opening:{made.pk}", audience=seal.audience)
    return made


@transaction.atomic
def agree_opening(*, opening: SealOpening, by: User) -> SealOpening:
    """A second lead agrees, or a lead to an administrator, or the other way round: the seal is open to both.

    It is written down, and the person is told. Twice is as once. Raises PermissionDenied, OpeningError.
    """
    opening = SealOpening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    seal = opening.seal
    if not can_open_seal(by, seal):
        raise PermissionDenied
    if opening.agreed_at or opening.refused_at:
        return opening
    if opening.asked_by_id == by.pk:
        raise OpeningError(_("Somebody else has to agree."))
    leads = {one.pk for one in place_of(seal.audience).lead_people(seal.audience)}
    if not leads & {opening.asked_by_id, by.pk}:
        raise OpeningError(_("One of the two leads the community."))
    opening.agreed_by, opening.agreed_at = by, timezone.now()
    opening.save(update_fields=["agreed_by", "agreed_at"])
    record_decision(
        verb="seal_opened",
        thing=_thing(seal),
        by=by,
        audience=seal.audience,
        title=title_of(_thing(seal)),
        reason=opening.reason,
        data={"opening": opening.pk, "asked_by": opening.asked_by_id},
    )
    tell_author(seal, "seal.opened", f"seal.opened:{opening.pk}")
    return opening


@transaction.atomic
def refuse_opening(*, opening: SealOpening, by: User) -> SealOpening:
    """It stays closed; who asked may refuse too. Raises PermissionDenied."""
    opening = SealOpening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if not leads_place(by, opening.seal.audience) or holds_seal(by, _thing(opening.seal)):
        raise PermissionDenied
    if opening.agreed_at is None and opening.refused_at is None:
        opening.refused_at = timezone.now()
        opening.save(update_fields=["refused_at"])
    return opening


def _thing(seal: Seal) -> Any:
    """What it is about; a seal goes with it."""
    return seal.thing


def opened_for(seal: Seal, user: User) -> User | None:
    """Who it is, for the two who opened the seal together."""
    rows = seal.openings.exclude(agreed_at=None)
    if not any(user.pk in {row.asked_by_id, row.agreed_by_id} for row in rows):
        return None
    return person_in(seal)


def tell_author(seal: Seal, kind: str, dedupe_key: str) -> None:
    """Only in their inbox, and never in what they take along."""
    person = person_in(seal)
    if person:
        _tell(seal, kind, [person], dedupe_key)


def tell_behind(thing: Any, kind: str, dedupe_key: str) -> None:
    """The same, by what they wrote anonymously."""
    if found := Seal.objects.about(thing).first():
        tell_author(found, kind, dedupe_key)


def _tell(seal: Seal, kind: str, people: list[User], dedupe_key: str, audience: str = "") -> None:
    notify(
        kind=kind,
        recipients=people,
        actor=None,
        title=title_of(seal.thing),
        url=reverse("letters", args=[seal.pk]),
        audience=audience,
        group_key=f"seal:{seal.pk}",
        dedupe_key=dedupe_key,
    )
