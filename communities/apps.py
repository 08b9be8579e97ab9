"""Communities of practice."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        from kring.people.actions.privacy import register_holdings
        from kring.people.permissions import register_shared
        from kring.worker.registry import run_periodically
        from search.permissions import register_tender

        from . import actions, panels, queue, receivers  # noqa: F401
        from .actions.doubles import register_doubles
        from .actions.pinning import register_pinning
        from .actions.undoing import register_undoing
        from .actions.watching import register_places
        from .importers import register_importers
        from .permissions import moderates_anything, people_met_by
        from .queue.weekly import register_weekly
        from .searchables import register_searchables
        from .tasks import begin_rooms, hold_coffee_round, invite_quiet, route_questions, send_weekly

        register_importers()
        register_searchables()
        actions.register_targets()
        actions.register_kinds()
        actions.register_kinds_of_people()
        actions.register_kinds_of_talk()
        actions.register_nudging()
        actions.register_coffee()
        actions.register_arranging()
        actions.register_combining()
        actions.register_removing()
        actions.register_holding()
        register_shared(people_met_by)
        register_holdings(
            "communities",
            actions.holdings_of,
            actions.erase_participation,
            _(
                "Your memberships, where you asked to be let in, invitations, the questions and discussions "
                "you began, what you were asked about as somebody who knows or was quiet, and your coffees. "
                "Questions and discussions stay, without your name; the rest goes."
            ),
        )
        panels.register_panels()
        run_periodically(begin_rooms, every=timedelta(minutes=1))
        run_periodically(route_questions, every=timedelta(minutes=30))
        run_periodically(hold_coffee_round, every=timedelta(hours=1))
        run_periodically(invite_quiet, every=timedelta(days=7))
        run_periodically(send_weekly, every=timedelta(hours=1))
        register_places()
        queue.register_queues()
        register_weekly()
        register_undoing()
        register_pinning()
        register_tender(moderates_anything)
        register_doubles()
        register_entries()


def register_entries() -> None:
    """What stands in the site's menus."""
    from kring.ui.navigation import Entry, register

    from .permissions import can_have_coffee, can_post_anywhere, moderates_anything
    from .queue import waiting_count

    register("main", Entry(_("Communities"), "communities", "communities", order=10))
    register("main", Entry(_("Questions"), "discussions", "question", order=20))
    register("settings", Entry(_("Coffee"), "coffee", "communities", order=45, shown=can_have_coffee))
    register(
        "me",
        Entry(
            _("Looking after it"),
            "moderation",
            "checklist",
            order=20,
            shown=moderates_anything,
            count=waiting_count,
        ),
    )
    register(
        "create",
        Entry(
            _("Ask a question"),
            "discussion_new",
            "question",
            _("No question is too small"),
            order=20,
            shown=can_post_anywhere,
        ),
    )
    register(
        "create",
        Entry(
            _("Start a discussion"),
            "discussion_start",
            "discussion",
            _("In one of your communities"),
            order=20,
            shown=can_post_anywhere,
        ),
    )
