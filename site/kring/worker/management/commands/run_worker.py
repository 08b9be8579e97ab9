"""`kring worker`: background tasks in a process of their own."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kring.worker.registry import start_companions
from kring.worker.running import Worker


class Command(BaseCommand):
    help = "Work through the background tasks until stopped."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--poll", type=float, default=1, metavar="SECONDS", help="how often to look")
        parser.add_argument("--beat", type=float, default=10, metavar="SECONDS", help="how often to report")
        parser.add_argument(
            "--lost-after",
            type=float,
            default=60,
            metavar="SECONDS",
            help="when a silent one counts as dead",
        )
        parser.add_argument("--alone", action="store_true", help="no other worker runs: take up what it left")

    def handle(self, *, poll: float, beat: float, lost_after: float, alone: bool, **options: Any) -> None:
        worker = Worker(poll=poll, beat=beat, lost_after=lost_after, alone=alone)

        def stop(signum: int, frame: Any) -> None:
            # A second time ends it at once: its task goes to another worker.
            signal.signal(signum, signal.SIG_DFL)
            worker.ask_to_stop()

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        companions = start_companions()
        self.stdout.write("The worker is ready.")
        worker.run()
        for companion in companions:
            companion.stop()
