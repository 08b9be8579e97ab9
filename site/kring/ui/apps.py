from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kring.ui"
    label = "ui"

    def ready(self) -> None:
        from django.urls import register_converter

        from .converters import NumberConverter

        register_converter(NumberConverter, "number")
