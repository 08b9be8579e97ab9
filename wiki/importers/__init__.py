"""What the wiki brings to the import: lessons and pages."""

from kring.importing.registry import register

from .lessons import LessonsImporter
from .pages import PagesImporter


def register_importers() -> None:
    register(LessonsImporter())
    register(PagesImporter())
