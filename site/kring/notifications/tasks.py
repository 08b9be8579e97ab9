"""What runs by itself."""

from django.utils import timezone
from django_tasks import task

from .actions import send_due_digests, send_held_mail


@task()
def send_digests() -> int:
    """What is mailed together once a day; the number of mails."""
    return send_due_digests(timezone.now())


@task()
def send_held() -> int:
    """What came while it was quiet for somebody, and no longer is; the number of mails."""
    return send_held_mail(timezone.now())
