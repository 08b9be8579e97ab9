"""What can be searched."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from kring.people.actions.privacy import register_holdings
        from kring.ui.navigation import Entry, register
        from kring.worker.registry import live_beside_worker, run_periodically

        from . import receivers  # noqa: F401
        from .actions.alerting import register_kinds
        from .actions.holdings import erase_searches, holdings_of
        from .background import Drainer
        from .tasks import forget_month, forget_recent, learn_likeness, tell_of_saved

        live_beside_worker(Drainer)
        register_kinds()
        register_holdings(
            "search",
            holdings_of,
            erase_searches,
            _(
                "What you searched for lately, the searches you saved, and the words for which you stand "
                "first in the results. All of it goes. "
                "Synonyms that you wrote down, results that you pinned and what you said is not the same "
                "stay, without your name."
            ),
        )
        register("me", Entry(_("Your searches"), "own_searches", "search", order=25))
        run_periodically(tell_of_saved, every=timedelta(minutes=15))
        run_periodically(learn_likeness, every=timedelta(hours=1))
        run_periodically(forget_recent, every=timedelta(days=1))
        run_periodically(forget_month, every=timedelta(days=1))
