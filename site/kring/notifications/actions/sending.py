"""Writing notifications."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from kring.people.models import User
from kring.people.permissions import turned_away_from

from ..models import Notification
from .mailing import send_notification_emails, wanted_at_once

TITLE_LENGTH = 255


@transaction.atomic
def notify(
    *,
    kind: str,
    recipients: Iterable[User],
    actor: User | None,
    title: str,
    url: str,
    audience: str = "",
    group_key: str = "",
    dedupe_key: str = "",
    data: dict[str, Any] | None = None,
    once_unread: bool = False,
) -> list[Notification]:
    """Write a row for each recipient, in the caller's transaction; mails leave after it is committed.

    once_unread: who has an unread row of this kind about the same thing needs no second one.

    The actor, inactive people, those who keep their distance from the actor, and those who have a row with
    this `dedupe_key` get none. `audience` is the token one must hold to see the row; `data["reason"]` says
    why it came (see kinds.REASONS).
    """
    people = {user.pk: user for user in recipients if user.is_active and user != actor}
    if actor is not None:
        for pk in turned_away_from(actor, people):
            del people[pk]
    if dedupe_key:
        told = Notification.objects.filter(recipient__in=people, dedupe_key=dedupe_key)
        for pk in told.values_list("recipient_id", flat=True):
            del people[pk]
    if once_unread:
        waiting = Notification.objects.filter(recipient__in=people, kind=kind, group_key=group_key)
        for pk in waiting.unread().order_by().values_list("recipient_id", flat=True).distinct():
            del people[pk]
    rows = Notification.objects.bulk_create(
        Notification(
            recipient=user,
            kind=kind,
            actor=actor,
            title=title[:TITLE_LENGTH],
            url=url,
            audience=audience,
            group_key=group_key,
            dedupe_key=dedupe_key,
            data=data or {},
        )
        for user in people.values()
    )
    if at_once := wanted_at_once(rows):
        transaction.on_commit(partial(send_notification_emails.enqueue, [row.pk for row in at_once]))
    return rows
