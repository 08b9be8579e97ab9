from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "kring.importing"
    label = "importing"
