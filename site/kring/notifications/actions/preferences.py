"""What each person wants by mail, and stopping it by the link in a mail."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from kring.people.models import User

from ..kinds import groups
from ..models import NotificationPreference

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


def unsubscribe_link(user: User, group: str) -> str:
    """Absolute address that stops mails of this group without signing in. It never expires."""
    token = signing.dumps([user.pk, group], salt=SALT)
    return settings.BASE_URL + reverse("unsubscribe", args=[token])


def read_unsubscribe_link(token: str) -> tuple[User, str] | None:
    """The person and the group that a link names; None when it is not one of ours."""
    try:
        pk, group = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    return (user, group) if user else None


def unsubscribe(*, by: User, group: str) -> None:
    """No more mails of this group; of every group when `group` is empty. The inbox stays as it is."""
    names = [group] if group else list(groups())
    choose_deliveries(by=by, deliveries=dict.fromkeys(names, NotificationPreference.Delivery.NONE))
