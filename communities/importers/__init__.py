"""What communities bring to the import: communities, and the threads in them."""

from kring.importing.registry import register, register_preparation

from ..actions.root import ensure_root
from .communities import CommunitiesImporter
from .threads import ThreadsImporter


def register_importers() -> None:
    register_preparation(ensure_root)
    register(CommunitiesImporter())
    register(ThreadsImporter())
