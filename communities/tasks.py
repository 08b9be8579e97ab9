"""What runs by itself."""

from django.utils import timezone
from django_tasks import task

from .actions.routing import route_unanswered


@task()
def route_questions() -> int:
    """Put questions that wait before people who know; the number of people asked."""
    return route_unanswered(timezone.now())
