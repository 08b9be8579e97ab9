"""`kring reindex`: the search index built anew, while the site goes on with the old one."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.importing.actions.progress import Progress
from search.engines import RebuildRunningError, current_engine
from search.halfway import going_on
from search.learning import learn
from search.rebuilding import GoesOn, rebuild

# As shells have it after Ctrl+C.
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Build the search index anew. People go on searching in the old one until the new one is ready. "
        "Where this was interrupted, it goes on."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="begin at the beginning, also where it was interrupted"
        )
        parser.add_argument("--quiet", action="store_true", help="print nothing but what went wrong")

    def handle(self, *, anew: bool, quiet: bool, verbosity: int, **options: Any) -> None:
        quiet = quiet or not verbosity
        began = time.monotonic()
        number = self._rebuild(anew=anew, quiet=quiet)
        learn()
        if not quiet:
            words = ngettext(
                "%(count)d thing can be found now; it took %(seconds).1f seconds.",
                "%(count)d things can be found now; it took %(seconds).1f seconds.",
                number,
            )
            self.stdout.write(words % {"count": number, "seconds": time.monotonic() - began})

    def _rebuild(self, *, anew: bool, quiet: bool) -> int:
        progress = Progress(sys.stderr, quiet=quiet)

        def tell(found: GoesOn) -> None:
            if not quiet:
                self.stdout.write(going_on(found))

        try:
            return rebuild(current_engine(), anew=anew, show=progress.show, goes_on=tell)
        except KeyboardInterrupt:
            progress.line(_("Stopped. Start the same command again to go on where it was."))
            sys.exit(INTERRUPTED)
        except RebuildRunningError:
            raise CommandError(
                _("The search index is being built already. Wait until that is done.")
            ) from None
        except (DatabaseError, OSError):
            # The command line has a sentence for each of these.
            raise
        except Exception as error:
            raise CommandError(
                _("The search index could not be built (%(error)s). The old one is still in use.")
                % {"error": error}
            ) from error
        finally:
            progress.clear()
