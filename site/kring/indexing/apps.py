from django.apps import AppConfig


class IndexingConfig(AppConfig):
    name = "kring.indexing"
    label = "indexing"

    def ready(self) -> None:
        from .receivers import connect

        connect()
