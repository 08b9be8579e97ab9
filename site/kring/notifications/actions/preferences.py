"""What each person wants by mail, and stopping it by the link in a mail."""

from collections.abc import Iterable
from datetime import time

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from kring.people.models import User

from ..models import NotificationPreference, QuietHours

SALT = "notifications.unsubscribe"


@transaction.atomic
def choose_deliveries(*, by: User, deliveries: dict[str, str]) -> None:
    """Keep how this person wants each group of notifications mailed."""
    NotificationPreference.objects.bulk_create(
        [NotificationPreference(user=by, group=group, delivery=value) for group, value in deliveries.items()],
        update_conflicts=True,
        unique_fields=["user", "group"],
        update_fields=["delivery"],
    )


@transaction.atomic
def keep_quiet(*, by: User, begins: time | None, ends: time | None, weekends: bool) -> None:
    """Keep when this person gets no mail. Without two times there is no quiet part of the day."""
    if begins is None or ends is None:
        begins = ends = None
    QuietHours.objects.update_or_create(
        user=by, defaults={"begins": begins, "ends": ends, "weekends": weekends}
    )


def unsubscribe_link(user: User, groups: Iterable[str]) -> str:
    """Absolute address that stops mails of these groups without signing in. It never expires."""
    token = signing.dumps([user.pk, sorted(groups)], salt=SALT)
    return settings.BASE_URL + reverse("unsubscribe", args=[token])


def read_unsubscribe_link(token: str) -> tuple[User, list[str]] | None:
    """The person and the groups that a link names; None when it is not one of ours."""
    try:
        pk, named = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    return (user, named) if user else None


def unsubscribe(*, by: User, groups: Iterable[str]) -> None:
    """No more mails of these groups. The inbox stays as it is."""
    choose_deliveries(by=by, deliveries=dict.fromkeys(groups, NotificationPreference.Delivery.NONE))
