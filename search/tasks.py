"""What this app does regularly."""

from django.utils import timezone
from django_tasks import task

from .actions.asking import forget_askers


@task()
def forget_month() -> int:
    """After a month is over, what could lead to somebody goes; the number of rare words that went."""
    return forget_askers(timezone.now())
