from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "kring.activity"
    label = "activity"
