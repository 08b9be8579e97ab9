"""What runs by itself."""

from django.utils import timezone
from django_tasks import task

from .actions.coffee import hold_round_if_due
from .actions.nudging import invite_the_quiet
from .actions.rooms import tell_of_beginnings
from .actions.routing import route_unanswered
from .queue.weekly import send_weekly_lists


@task()
def route_questions() -> int:
    """Put questions that wait before people who know; the number of people asked."""
    return route_unanswered(timezone.now())


@task()
def begin_rooms() -> int:
    """Tell who comes that a live room begins; the number of people told."""
    return tell_of_beginnings(timezone.now())


@task()
def send_weekly() -> int:
    """On Monday morning, what was decided in a week and what waits; the number of moderators told."""
    return send_weekly_lists(timezone.now())


@task()
def invite_quiet() -> int:
    """Once a week, ask members who said nothing for long; the number of people asked."""
    return invite_the_quiet(timezone.now())


@task()
def hold_coffee_round() -> int:
    """Every second Monday, pair those who like a coffee; the number of pairs."""
    return hold_round_if_due(timezone.now())
