"""Part of `make lint`: are the catalogues complete?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from kring.settings.environment import PROJECT_DIR
from kring.ui.translating import can_collect, faults


class Command(BaseCommand):
    help = "List what is missing or wrong in the catalogues; 1 when there is anything."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        found = list(faults(PROJECT_DIR / "locale"))
        for line in found:
            self.stdout.write(line)
        if not can_collect():
            self.stdout.write("gettext is not installed: whether texts are missing was not checked.")
        if found:
            sys.exit(1)
        self.stdout.write("The catalogues are complete.")
