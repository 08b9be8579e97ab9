from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "kring.notifications"
    label = "notifications"

    def ready(self) -> None:
        from kring.ui.navigation import Entry, register

        register("me", Entry(_("Notifications"), "notification_settings", "follow", order=40))
