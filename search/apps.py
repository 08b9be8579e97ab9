"""What can be searched."""

from datetime import timedelta

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from kring.worker.registry import live_beside_worker, run_periodically

        from .background import Drainer
        from .tasks import forget_month

        live_beside_worker(Drainer)
        run_periodically(forget_month, every=timedelta(days=1))
