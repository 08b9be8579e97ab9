"""What every site tidies up daily."""

from django.core.management import call_command
from django_tasks import task

FINISHED_DAYS = 7
FAILED_DAYS = 60


@task()
def clean_up() -> None:
    """Remove ended sessions and the records of old tasks."""
    call_command("clearsessions", verbosity=0)
    call_command(
        "prune_db_task_results", min_age_days=FINISHED_DAYS, failed_min_age_days=FAILED_DAYS, verbosity=0
    )
