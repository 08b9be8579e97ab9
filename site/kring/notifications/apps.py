from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "kring.notifications"
    label = "notifications"
