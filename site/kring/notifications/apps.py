from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "kring.notifications"
    label = "notifications"

    def ready(self) -> None:
        from kring.people.actions.privacy import register_holdings
        from kring.ui.navigation import Entry, register

        from .actions.holdings import erase_notifications, holdings_of

        register_holdings(
            "notifications",
            holdings_of,
            erase_notifications,
            _("Your inbox, and your choices about mail. All of it goes."),
        )
        register("settings", Entry(_("Notifications"), "notification_settings", "follow", order=30))
