"""Whom a decision concerns asks another moderator to look again, once."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.notifications.actions import notify
from kring.people.models import User

from ..kinds import place_of
from ..models import Appeal, Decision
from ..permissions import can_answer_appeal, can_appeal, concerns, deciders
from .decisions import NotUndoneError, can_be_undone, tell_sealed, undo_decision


class AppealedError(ValidationError):
    """One appeals once; the message says so."""


@transaction.atomic
def appeal(*, decision: Decision, by: User, text: str) -> Appeal:
    """Ask that somebody else looks at it; about an anonymous thing, without saying who asks.

    Raises PermissionDenied, AppealedError.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not concerns(by, decision):
        raise PermissionDenied
    if not can_appeal(by, decision):
        raise AppealedError(_("You asked that already, or it is undone."))
    made = Appeal.objects.create(decision=decision, by=None if decision.is_sealed else by, text=text[:1000])
    notify(
        kind="appeal.made",
        recipients=deciders(decision),
        actor=None,
        title=decision.title,
        url=reverse("decision", args=[decision.pk]),
        audience=decision.audience,
        group_key=f"decision:{decision.pk}",
        dedupe_key=f"appeal:{made.pk}",
        data={"community": str(place_of(decision.audience).thing(decision.audience) or "")},
    )
    return made


@transaction.atomic
def answer_appeal(*, appeal: Appeal, by: User, granted: bool, answer: str = "") -> Appeal:
    """Undo the decision, or let it stand; who asked is told. Twice is as once.

    Raises PermissionDenied for who decided it (a lead who is alone excepted), NotUndoneError.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("decision").get(pk=appeal.pk)
    if not can_answer_appeal(by, appeal):
        raise PermissionDenied
    if appeal.state != Appeal.State.OPEN:
        return appeal
    decision = appeal.decision
    if granted:
        if not can_be_undone(decision) and decision.undone_at is None:
            raise NotUndoneError(_("This cannot be undone any more."))
        undo_decision(decision=decision, by=by, tell=False)
    appeal.state = Appeal.State.GRANTED if granted else Appeal.State.REFUSED
    appeal.answer, appeal.answered_at, appeal.answered_by = answer[:1000], timezone.now(), by
    appeal.save()
    _tell_outcome(appeal)
    return appeal


def _tell_outcome(appeal: Appeal) -> None:
    decision: Any = appeal.decision
    if appeal.by is None:
        tell_sealed(decision, "seal.appealed")
        return
    notify(
        kind="appeal.answered",
        recipients=[appeal.by],
        actor=None,
        title=decision.title,
        url=reverse("decision", args=[decision.pk]),
        group_key=f"decision:{decision.pk}",
        dedupe_key=f"appeal.answered:{appeal.pk}",
        data={"state": appeal.state},
    )
