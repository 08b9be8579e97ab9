from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from kring.worker.registry import live_beside_worker

        from .background import Drainer

        live_beside_worker(Drainer)
