"""The engine that needs nothing installed: tantivy, in this process, on a folder of its own."""

from .engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
