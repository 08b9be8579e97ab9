"""`make messages`: bring the catalogues up to date with the texts in code and templates."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kring.settings.environment import PROJECT_DIR
from kring.ui.translating import can_collect, collect


class Command(BaseCommand):
    help = "Collect the texts for the catalogues; run it at the root of a checkout."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        if not can_collect():
            raise CommandError("gettext is not installed. On Debian and Ubuntu: sudo apt install gettext")
        collect(PROJECT_DIR / "locale")
