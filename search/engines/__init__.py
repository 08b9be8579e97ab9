"""The engines, and which one this site runs on."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .base import FACETS, Engine, Health, Hit, Query, RebuildRunningError, Results
from .embedded import EmbeddedEngine

__all__ = ["FACETS", "Engine", "Health", "Hit", "Query", "RebuildRunningError", "Results", "current_engine"]


def current_engine() -> Engine:
    """The engine of this site; one object a process."""
    return _embedded(Path(settings.INDEX_DIR))


@lru_cache(maxsize=8)
def _embedded(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder)
