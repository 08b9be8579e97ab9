from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "kring.home"
    label = "home"

    def ready(self) -> None:
        from kring.people.actions.privacy import register_holdings

        from .actions.holdings import erase_choices, holdings_of

        register_holdings(
            "home", holdings_of, erase_choices, _("What you put away on your home page. All of it goes.")
        )
