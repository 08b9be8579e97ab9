from django.apps import AppConfig


class IndexingConfig(AppConfig):
    name = "kring.indexing"
    label = "indexing"
