"""The engine for large sites: a Meilisearch server of its own proposes, our ranker orders."""

from .engine import MeilisearchEngine

__all__ = ["MeilisearchEngine"]
