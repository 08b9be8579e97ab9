from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kring.people"
    label = "people"

    def ready(self) -> None:
        from .importers import register_importers

        register_importers()
