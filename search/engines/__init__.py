"""The engines, and which one this site runs on."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .base import (
    FACETS,
    STEP,
    AwayError,
    Engine,
    Half,
    Health,
    Hit,
    Query,
    Reached,
    RebuildRunningError,
    Results,
    Step,
)
from .embedded import EmbeddedEngine

__all__ = [
    "FACETS",
    "STEP",
    "AwayError",
    "Engine",
    "Half",
    "Health",
    "Hit",
    "Query",
    "Reached",
    "RebuildRunningError",
    "Results",
    "Step",
    "current_engine",
]


def current_engine() -> Engine:
    """The engine of this site; one object a process."""
    folder = Path(settings.INDEX_DIR)
    if settings.MEILISEARCH_URL:
        key, prefix = settings.MEILISEARCH_API_KEY, settings.MEILISEARCH_PREFIX
        model = settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL, settings.EMBEDDINGS_KEY
        return _meilisearch(settings.MEILISEARCH_URL, key, prefix, folder, model)
    return _embedded(folder)


@lru_cache(maxsize=8)
def _embedded(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder)


@lru_cache(maxsize=8)
def _meilisearch(url: str, key: str, prefix: str, folder: Path, model: tuple[str, str, str]) -> Engine:
    # Sites without such a server start without its client.
    from .meilisearch import MeilisearchEngine
    from .meilisearch.meaning import Meaning

    return MeilisearchEngine(url, key, prefix, folder, meaning=Meaning(*model) if model[0] else None)
