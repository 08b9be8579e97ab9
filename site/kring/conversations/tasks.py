"""What this app does regularly."""

from django_tasks import task

from . import actions


@task()
def clean_up_files() -> int:
    """Delete files that were added to comments which were never posted."""
    return actions.delete_unposted()
