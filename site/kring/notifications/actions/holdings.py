"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from django.db import transaction

from kring.people.models import User

from ..kinds import unkept_kinds
from ..models import Notification, NotificationPreference, QuietHours


def holdings_of(user: User) -> dict[str, list[Any]]:
    """The person's inbox, their choices about mail, and when they get none."""
    mine = Notification.objects.filter(recipient=user).exclude(kind__in=unkept_kinds())
    rows = mine.values("kind", "title", "url", "created_at", "read_at", "emailed_at")
    choices = NotificationPreference.objects.filter(user=user).values("group", "delivery")
    quiet = QuietHours.objects.filter(user=user).values("begins", "ends", "weekends")
    return {"inbox": list(rows), "mail": list(choices.order_by("group")), "quiet_hours": list(quiet)}


@transaction.atomic
def erase_notifications(user: User) -> None:
    """Their inbox goes; in those of others, what they did was done by somebody."""
    Notification.objects.filter(recipient=user).delete()
    Notification.objects.filter(actor=user).update(actor=None)
    NotificationPreference.objects.filter(user=user).delete()
    QuietHours.objects.filter(user=user).delete()
