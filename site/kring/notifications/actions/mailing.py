"""Mails about notifications: at once, together once a day, and never while it is quiet for the person.

A row is claimed by setting `emailed_at` before its mail leaves and given back when sending fails, so that
a task that runs twice sends once. One that came while it was quiet is marked `held` until that is over.
"""

import smtplib
import zoneinfo
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from kring.people.models import User

from ..models import Notification, NotificationPreference, QuietHours
from .preferences import unsubscribe_link

DIGEST_HOUR = 8
DIGEST_REACH = timedelta(days=7)
AT_ONCE = NotificationPreference.Delivery.NOW
FAILURES = (smtplib.SMTPException, OSError)


@task()
def send_notification_emails(ids: list[int]) -> int:
    """Mail those of these rows that are wanted at once; the number sent. Raises the last failure, if any."""
    return mail_or_hold(ids, timezone.now())


def mail_or_hold(ids: list[int], now: datetime) -> int:
    """Mail these rows, or mark them as held where it is quiet for the recipient; the number sent."""
    rows = Notification.objects.filter(pk__in=ids, emailed_at=None, read_at=None)
    wanted = _not_mailed_about([row for row in _mailable(rows) if row.delivery == AT_ONCE])
    quiet = _quiet_for(wanted, now)
    held = [row for row in wanted if row.recipient_id in quiet]
    for row in held:
        row.data = {**row.data, "held": True}
    Notification.objects.bulk_update(held, ["data"])
    return _send([[row] for row in wanted if row.recipient_id not in quiet], "emails/notifications/mail")


def send_held_mail(now: datetime) -> int:
    """One mail to each person for whom it is no longer quiet, of what came meanwhile; the number sent.

    Meant to run every ten minutes. What was read on the site in the meantime is not mailed.
    """
    since = now - DIGEST_REACH
    rows = Notification.objects.filter(created_at__gte=since, emailed_at=None, read_at=None, data__held=True)
    wanted = _not_mailed_about([row for row in _mailable(rows) if row.delivery == AT_ONCE])
    quiet = _quiet_for(wanted, now)
    by_person: dict[int, list[Notification]] = {}
    for row in wanted:
        if row.recipient_id not in quiet:
            by_person.setdefault(row.recipient_id, []).append(row)
    alone = [rows for rows in by_person.values() if len(rows) == 1]
    together = [rows for rows in by_person.values() if len(rows) > 1]
    sent = _send(alone, "emails/notifications/mail")
    return sent + _send(together, "emails/notifications/after_quiet")


def _quiet_for(rows: Iterable[Any], now: datetime) -> set[int]:
    """For which recipients of these rows it is quiet now."""
    hours = QuietHours.objects.of({row.recipient_id for row in rows})
    return {pk for pk, quiet in hours.items() if quiet.covers(now)}


def wanted_at_once(rows: list[Notification]) -> list[Notification]:
    """Those of these rows, all of one kind, whose recipients want a mail at once."""
    if not rows:
        return []
    chosen = NotificationPreference.objects.chosen_by({row.recipient_id for row in rows})
    group, usual = rows[0].group, rows[0].usual_delivery
    return _not_mailed_about([row for row in rows if chosen.get((row.recipient_id, group), usual) == AT_ONCE])


def _not_mailed_about(rows: list[Any]) -> list[Any]:
    """Without those about a thing of which the recipient had such a mail, and has not looked since."""
    about = {row.group_key for row in rows if row.group_key}
    if not about:
        return rows
    mailed = Notification.objects.unread().filter(
        group_key__in=about, recipient__in={row.recipient_id for row in rows}, emailed_at__isnull=False
    )
    known = set(mailed.order_by().values_list("recipient_id", "group_key", "kind").distinct())
    found = []
    for row in rows:
        key = (row.recipient_id, row.group_key, row.kind)
        if not row.group_key or key not in known:
            found.append(row)
            known.add(key)
    return found


def send_due_digests(now: datetime) -> int:
    """Mail everybody what came before eight o'clock of their own morning and is still unread.

    Meant to run every hour; whoever was missed, or for whom it is quiet, is caught up with. `now` is aware.
    """
    since = now - DIGEST_REACH
    rows = Notification.objects.filter(created_at__gte=since, emailed_at=None, read_at=None)
    by_person: dict[int, list[Notification]] = {}
    wanted = [row for row in _mailable(rows) if row.delivery == NotificationPreference.Delivery.DAILY]
    quiet = _quiet_for(wanted, now)
    for row in wanted:
        if row.recipient_id not in quiet and row.created_at < _morning(row, now):
            by_person.setdefault(row.recipient_id, []).append(row)
    return _send(by_person.values(), "emails/notifications/digest")


def _morning(row: Notification, now: datetime) -> datetime:
    """The last eight o'clock in the recipient's zone."""
    local = now.astimezone(_zone(row.recipient))
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning <= local else morning - timedelta(days=1)


def _zone(user: User) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(user.time_zone or settings.TIME_ZONE)


def _mailable(rows: QuerySet[Notification]) -> list[Any]:
    """Rows to active people who may still see them, each with its `delivery`, the oldest first."""
    rows = rows.filter(recipient__is_active=True).select_related("recipient", "actor")
    found = list(rows.order_by("created_at", "pk"))
    people = {row.recipient_id: row.recipient for row in found}
    visible: set[int] = set()
    for user in people.values():
        ids = [row.pk for row in found if row.recipient_id == user.pk]
        visible.update(Notification.objects.inbox_of(user).filter(pk__in=ids).values_list("pk", flat=True))
    chosen = NotificationPreference.objects.chosen_by(people)
    kept: list[Any] = [row for row in found if row.pk in visible]
    for row in kept:
        row.delivery = chosen.get((row.recipient_id, row.group), row.usual_delivery)
    return kept


def _send(bundles: Iterable[list[Notification]], template: str) -> int:
    """One mail for each bundle of rows with one recipient; the number sent."""
    failure: Exception | None = None
    sent = 0
    connection = get_connection()
    for rows in bundles:
        claimed = [row for row in rows if _claim(row)]
        if not claimed:
            continue
        try:
            _message(claimed, template, connection).send()
            sent += 1
        except FAILURES as error:
            Notification.objects.filter(pk__in=[row.pk for row in claimed]).update(emailed_at=None)
            failure = error
    connection.close()
    if failure:
        raise failure
    return sent


def _claim(row: Notification) -> bool:
    free = Notification.objects.filter(pk=row.pk, emailed_at=None)
    return bool(free.update(emailed_at=timezone.now()))


def _message(rows: list[Notification], template: str, connection: Any) -> EmailMultiAlternatives:
    """A mail in the recipient's language and zone, as text and as HTML."""
    user = rows[0].recipient
    language = user.language or settings.LANGUAGE_CODE
    stop = unsubscribe_link(user, {row.group for row in rows})
    with translation.override(language), timezone.override(_zone(user)):
        context = {
            "rows": rows,
            "row": rows[0],
            "user": user,
            "language": language,
            "site_name": settings.SITE_NAME,
            "base_url": settings.BASE_URL,
            "stop_url": stop,
        }
        message = EmailMultiAlternatives(
            subject=_subject(rows),
            body=render_to_string(f"{template}.txt", context),
            to=[user.email],
            connection=connection,
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return message


def _subject(rows: list[Notification]) -> str:
    if len(rows) == 1:
        row = rows[0]
        words = row.sentence if row.sentence == row.title else f"{row.sentence}: {row.title}"
    else:
        count = ngettext("%(count)d thing for you", "%(count)d things for you", len(rows))
        words = _("%(things)s at %(site)s") % {
            "things": count % {"count": len(rows)},
            "site": settings.SITE_NAME,
        }
    return " ".join(words.split())
