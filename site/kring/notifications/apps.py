from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "kring.notifications"
    label = "notifications"

    def ready(self) -> None:
        from kring.people.actions.privacy import register_holdings
        from kring.ui.navigation import Entry, register
        from kring.worker.registry import run_periodically

        from .actions.holdings import erase_notifications, holdings_of
        from .tasks import send_digests, send_held

        register_holdings(
            "notifications",
            holdings_of,
            erase_notifications,
            _("Your inbox, your choices about mail, and your quiet hours. All of it goes."),
        )
        register("settings", Entry(_("Notifications"), "notification_settings", "follow", order=30))
        run_periodically(send_digests, every=timedelta(hours=1))
        run_periodically(send_held, every=timedelta(minutes=10))
