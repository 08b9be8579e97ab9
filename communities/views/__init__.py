"""Pages of this app."""

from .directory import communities, serve_community
from .discussions import discussion, discussion_new, discussions

__all__ = ["communities", "discussion", "discussion_new", "discussions", "serve_community"]
