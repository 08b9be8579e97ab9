"""Mails about notifications: at once, or together once a day.

A row is claimed by setting `emailed_at` before its mail leaves and given back when sending fails, so that
a task that runs twice sends once.
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

from ..models import Notification, NotificationPreference
from .preferences import unsubscribe_link

DIGEST_HOUR = 8
DIGEST_REACH = timedelta(days=7)
FAILURES = (smtplib.SMTPException, OSError)


@task()
def send_notification_emails(ids: list[int]) -> int:
    """Mail those of these rows that are wanted at once; the number sent. Raises the last failure, if any."""
    rows = Notification.objects.filter(pk__in=ids, emailed_at=None, read_at=None)
    wanted = [row for row in _mailable(rows) if row.delivery == NotificationPreference.Delivery.NOW]
    return _send([[row] for row in _not_mailed_about(wanted)], "emails/notifications/mail")


def wanted_at_once(rows: list[Notification]) -> list[Notification]:
    """Those of these rows, all of one kind, whose recipients want a mail at once."""
    if not rows:
        return []
    chosen = NotificationPreference.objects.chosen_by({row.recipient_id for row in rows})
    group, usual = rows[0].group, rows[0].usual_delivery
    now = NotificationPreference.Delivery.NOW
    return _not_mailed_about([row for row in rows if chosen.get((row.recipient_id, group), usual) == now])


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

    Meant to run every hour; whoever was missed is caught up with. `now` is aware.
    """
    since = now - DIGEST_REACH
    rows = Notification.objects.filter(created_at__gte=since, emailed_at=None, read_at=None)
    by_person: dict[int, list[Notification]] = {}
    for row in _mailable(rows):
        if row.delivery == NotificationPreference.Delivery.DAILY and row.created_at < _morning(row, now):
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
