"""Readers say that a moderator should look at something; moderators settle it."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from kring.notifications.actions import notify
from kring.people.models import User

from ..kinds import looks_after, place_of
from ..models import Comment, Decision, Report, Seal
from ..permissions import audience_of_thing, can_report, is_whose
from .decisions import record_decision


@transaction.atomic
def report_thing(*, thing: models.Model, by: User, reason: str, text: str = "") -> Report:
    """Tell the moderators of a comment, or of a thing that is talked about. Twice is as once.

    Raises PermissionDenied, ValueError. Whose it is never learns who reported it.
    """
    if not can_report(by, thing):
        raise PermissionDenied
    wanted = Report.Reason(reason)
    about = {"content_type": ContentType.objects.get_for_model(thing), "object_id": thing.pk}
    waiting = Report.objects.filter(**about, state=Report.State.OPEN)
    is_first = not waiting.exists()
    audience = audience_of_thing(thing)
    made, is_new = Report.objects.get_or_create(
        **about,
        reporter=by,
        state=Report.State.OPEN,
        defaults={"audience": audience, "reason": wanted, "text": text[:1000]},
    )
    if is_first and is_new:
        _tell_moderators(made, thing, by)
    return made


@transaction.atomic
def settle_reports(*, thing: models.Model, by: User, upheld: bool, reason: str = "") -> int:
    """Close every open report about a thing; the number closed. Raises PermissionDenied."""
    audience = audience_of_thing(thing)
    if not looks_after(by, audience) or is_whose(by, thing):
        raise PermissionDenied
    ids = close_reports(thing, upheld=upheld)
    if ids:
        record_decision(
            verb="report_upheld" if upheld else "report_dismissed",
            thing=thing,
            by=by,
            audience=audience,
            title=title_of(thing),
            reason=reason,
            data={"reports": ids},
        )
    return len(ids)


def close_reports(thing: models.Model, *, upheld: bool) -> list[int]:
    """Close the open ones and tell who reported; their numbers. In the caller's transaction."""
    content_type = ContentType.objects.get_for_model(thing)
    rows = Report.objects.filter(content_type=content_type, object_id=thing.pk, state=Report.State.OPEN)
    found = list(rows.select_related("reporter"))
    state = Report.State.UPHELD if upheld else Report.State.DISMISSED
    rows.update(state=state, settled_at=timezone.now())
    for row in found:
        if row.reporter:
            _tell_reporter(row, thing, str(state))
    return [row.pk for row in found]


def undo_settling(decision: Decision, by: User) -> None:
    """The reports wait again, but for those whose reporters have told of it anew."""
    rows = Report.objects.filter(pk__in=decision.data.get("reports", []))
    again = Report.objects.filter(
        content_type=decision.content_type, object_id=decision.object_id, state=Report.State.OPEN
    ).values("reporter")
    rows.exclude(reporter__in=again).update(state=Report.State.OPEN, settled_at=None)


def title_of(thing: Any) -> str:
    """Of the thing, or of what a comment is about."""
    return str(thing.conversation.target if isinstance(thing, Comment) else thing)


def _tell_moderators(report: Report, thing: Any, by: User) -> None:
    place = place_of(report.audience)
    people = [one for one in place.moderators(report.audience) if one != by and not is_whose(one, thing)]
    notify(
        kind="report.made",
        recipients=people,
        actor=None,
        title=title_of(thing),
        url=reverse("moderation"),
        audience=report.audience,
        group_key="moderation",
        dedupe_key=f"report:{report.pk}",
        data={"community": str(place.thing(report.audience) or ""), "reason": "lead"},
    )


def _tell_reporter(report: Report, thing: Any, state: str) -> None:
    notify(
        kind="report.settled",
        recipients=[report.reporter] if report.reporter else [],
        actor=None,
        title=title_of(thing),
        url=thing.get_absolute_url(),
        audience=report.audience,
        group_key=f"report:{report.content_type_id}:{report.object_id}",
        dedupe_key=f"report.settled:{report.pk}",
        data={"state": state},
    )


def forget_moderation(thing: models.Model) -> None:
    """Reports about a thing that is deleted go with it, and the seal of who wrote it anonymously."""
    content_type = ContentType.objects.get_for_model(thing)
    Report.objects.filter(content_type=content_type, object_id=thing.pk).delete()
    Seal.objects.about(thing).delete()
