"""Reads of articles and lessons."""

from typing import Any

from wagtail.query import PageQuerySet

from communities.querysets import readable_communities


class WikiPageQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> "WikiPageQuerySet":
        """Published ones in communities that this user may read."""
        return self.live().filter(readable_communities(user, "community__"))

    def for_list(self) -> "WikiPageQuerySet":
        """With what a card shows, in a fixed number of queries."""
        return self.select_related("community").prefetch_related("authors", "authors__profile", "tags")
