"""Telling people of what was begun and said, which the site does a moment later."""

from django_tasks_db.models import DBTaskResult

from communities.actions.telling import tell_of_new_discussion
from kring.conversations.actions.telling_later import tell_now
from kring.notifications.models import Notification


def tell_all() -> None:
    """Tell everybody of everything that was begun and said until now."""
    for row in DBTaskResult.objects.filter(task_path=tell_of_new_discussion.module_path):
        tell_of_new_discussion.call(*row.args_kwargs["args"])
        row.delete()
    tell_now()


def forget_told() -> None:
    """Everybody was told of what was said until now, and inboxes are empty."""
    tell_all()
    Notification.objects.all().delete()
