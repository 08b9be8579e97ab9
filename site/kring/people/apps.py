from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "kring.people"
    label = "people"

    def ready(self) -> None:
        from kring.ui import files

        from .actions import privacy
        from .importers import register_importers
        from .permissions import can_read_file
        from .searchables import register_searchables

        register_importers()
        register_searchables()
        files.register("people/", can_read_file)
        privacy.register_holdings(
            "people",
            privacy.holdings_of,
            privacy.erase_person,
            _(
                "Your account, profile, picture and skills, whom you muted or blocked, and a log of what you "
                "did. All of it goes; "
                "the log keeps what happened, without you."
            ),
            privacy.files_of,
        )
        register_entries()


def register_entries() -> None:
    """What stands in the site's menus."""
    from kring.ui.navigation import Entry, register

    from .permissions import is_administrator

    register("main", Entry(_("People"), "people", "person", order=40))
    register("me", Entry(_("Your settings"), "settings", "filter", order=30))
    register("me", Entry(_("Invite people"), "invitations", "plus", order=80, shown=is_administrator))
    register("settings", Entry(_("Language and display"), "settings", "screen", order=10))
    register("settings", Entry(_("Signing in"), "sign_in_settings", "lock", order=20))
    register("settings", Entry(_("Muted and blocked"), "distances", "close", order=80))
    register("settings", Entry(_("Your data"), "own_data", "person", order=90))
