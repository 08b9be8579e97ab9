"""Articles and lessons learned."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    name = "wiki"

    def ready(self) -> None:
        from .actions.telling import register_kinds
        from .importers import register_importers

        register_importers()
        register_kinds()
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
