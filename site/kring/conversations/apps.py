from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "kring.conversations"
    label = "conversations"

    def ready(self) -> None:
        from django_comments_xtd.models import publish_or_unpublish_on_pre_save

        from kring.people.actions.privacy import register_holdings
        from kring.ui import files
        from kring.worker.registry import run_periodically

        from . import actions, receivers  # noqa: F401
        from .actions.telling_later import tell_left_over
        from .importers import register_importers
        from .permissions import can_read_file, name_of_file
        from .tasks import clean_up_files

        # Saving a parent would republish its held replies.
        pre_save.disconnect(publish_or_unpublish_on_pre_save, sender=self.get_model("Comment"))
        register_importers()
        actions.register_kinds()
        actions.register_moderation()
        actions.register_decisions()
        actions.register_thanks()
        files.register("conversations/", can_read_file, called=name_of_file)
        run_periodically(clean_up_files, every=timedelta(hours=1))
        run_periodically(tell_left_over, every=timedelta(minutes=1))
        register_holdings(
            "conversations",
            actions.holdings_of,
            actions.erase_comments,
            _(
                "Your answers and comments, with their files: they stay, without your name. What you thanked "
                "for, keep and follow: it goes. What you reported, and what moderators decided about your "
                "words: it stays, without your name. What you wrote anonymously is not in what you take "
                "along, and nothing leads from it to you any more."
            ),
            actions.files_of,
        )
        register_entries()


def register_entries() -> None:
    """What stands in the site's menus."""
    from kring.ui.navigation import Entry, register

    register("me", Entry(_("Kept"), "kept", "bookmark", order=20))
