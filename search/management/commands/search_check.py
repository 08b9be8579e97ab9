"""`kring search-check`: the search index compared with the database, and mended where they differ."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.indexing.outbox import record_again, waiting
from kring.indexing.registry import searchables
from search.comparing import Comparison, compare
from search.draining import drain
from search.engines import Engine, current_engine

# How long the site is given that drains the outbox itself, in seconds.
PATIENCE = 60
LOOK_EVERY = 0.2


class Command(BaseCommand):
    help = "Compare the search index with the database, kind by kind, and bring in what differs."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--look", action="store_true", help="say what differs, and change nothing")

    def handle(self, *, look: bool, **options: Any) -> None:
        engine = current_engine()
        if not engine.health().ready:
            raise CommandError(_("There is no search index yet. `kring reindex` builds it."))
        found = list(compare(engine))
        self._table(found)
        number = sum(len(one.differing) for one in found)
        if not number:
            self.stdout.write(_("The index has everything as the database has it."))
            return
        words = ngettext("%(count)d thing differs.", "%(count)d things differ.", number) % {"count": number}
        if look:
            raise CommandError(words)
        self.stdout.write(words)
        for one in found:
            record_again(one.kind, one.differing)
        self._bring_in(engine)

    def _table(self, found: list[Comparison]) -> None:
        names = {kind: capfirst(str(one.label)) for kind, one in searchables().items()}
        width = max(len(name) for name in names.values())
        head = (_("database"), _("index"), _("differ"))
        self.stdout.write(f"{'':<{width}}" + "".join(f"{word:>12}" for word in head))
        for one in found:
            numbers = (one.wanted, one.indexed, len(one.differing))
            self.stdout.write(f"{names[one.kind]:<{width}}" + "".join(f"{number:>12,}" for number in numbers))

    def _bring_in(self, engine: Engine) -> None:
        """Here, or by the site where that runs: only one drains at a time."""
        until = time.monotonic() + PATIENCE
        while waiting():
            with engine.exclusive() as mine:
                if mine:
                    drain(engine)
            if time.monotonic() > until:
                raise CommandError(_("The site is still busy bringing them in; look again in a while."))
            if waiting():
                time.sleep(LOOK_EVERY)
        self.stdout.write(_("They are brought in."))
