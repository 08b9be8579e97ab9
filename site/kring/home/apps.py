from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "kring.home"
    label = "home"
