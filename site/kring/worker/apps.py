from datetime import timedelta

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "kring.worker"
    label = "worker"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_tasks.signals import task_enqueued

        from .registry import run_periodically
        from .running import on_enqueued
        from .tasks import clean_up

        task_enqueued.connect(on_enqueued)
        run_periodically(clean_up, every=timedelta(days=1))
