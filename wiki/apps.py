"""Articles and lessons learned."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    name = "wiki"

    def ready(self) -> None:
        from kring.people.actions.privacy import register_holdings
        from kring.ui import files

        from . import actions
        from .actions.moving import register_belongings
        from .actions.talking import register_targets
        from .actions.telling import register_kinds
        from .importers import register_importers
        from .panels import register_continuations, register_panels
        from .permissions import can_read_image
        from .searchables import register_searchables

        register_importers()
        register_searchables()
        register_kinds()
        register_targets()
        register_belongings()
        for folder in ("images/", "original_images/"):
            files.register(folder, can_read_image)
        register_holdings(
            "wiki",
            actions.holdings_of,
            actions.erase_authorship,
            _("The lessons and articles you wrote. They stay, without your name."),
        )
        register_panels()
        register_continuations()
        register_entries()


def register_entries() -> None:
    """What stands in the site's menus."""
    from kring.ui.navigation import Entry, register

    register("main", Entry(_("Lessons and wiki"), "lessons", "lesson", order=30))
    register(
        "create", Entry(_("Share a lesson"), "lesson_new", "lesson", _("What went well, or wrong"), order=10)
    )
    register(
        "create",
        Entry(_("Write an article"), "article_new", "article", _("How something is done here"), order=50),
    )
