"""What this app does regularly."""

from django.utils import timezone
from django_tasks import task

from .actions.alerting import tell_what_is_new
from .actions.asking import forget_askers
from .actions.recent import forget_old_searches
from .learning import learn_when_due


@task()
def forget_month() -> int:
    """After a month is over, what could lead to somebody goes; the number of rare words that went."""
    return forget_askers(timezone.now())


@task()
def tell_of_saved() -> int:
    """Tell people what is new in the searches they saved; how many searches that were."""
    return tell_what_is_new(timezone.now())


@task()
def forget_recent() -> int:
    """Once a day, let recent searches go that are too old; how many."""
    return forget_old_searches(timezone.now())


@task()
def learn_likeness() -> int:
    """Keep what is known of likeness young, and look for doubles; how many things were learnt from."""
    return learn_when_due()
