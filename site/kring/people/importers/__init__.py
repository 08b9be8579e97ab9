"""What people bring to the import: skills by URI, people by e-mail."""

from kring.importing.registry import register

from .people import PeopleImporter
from .skills import SkillsImporter


def register_importers() -> None:
    register(SkillsImporter())
    register(PeopleImporter())
