"""Telling people of comments, which the site does a moment later."""

from kring.conversations.actions.telling_later import tell_now
from kring.notifications.models import Notification


def tell_all() -> None:
    """Tell everybody of everything that was said until now."""
    tell_now()


def forget_told() -> None:
    """Everybody was told of what was said until now, and inboxes are empty."""
    tell_now()
    Notification.objects.all().delete()
