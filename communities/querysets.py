"""Reads of communities and discussions, by what a person may see."""

from typing import Any

from django.db import models
from django.db.models import Q

from kring.people.permissions import reads_everything


def readable_communities(user: Any, path: str = "") -> Q:
    """Condition on a community reached by `path` (like "community__"): this user may read it.

    Everybody on the staff reads open and on-request communities; private ones are for members;
    guests read only where they are members; who may read everything reads everything.
    """
    if not (user.is_authenticated and user.is_active):
        return Q(pk__in=[])
    if reads_everything(user):
        return Q()
    member = Q(**{f"{path}pk__in": user.memberships.values("community")})
    if user.is_guest:
        return member
    return member | Q(**{f"{path}openness__in": ["open", "on_request"]})


class DiscussionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "DiscussionQuerySet":
        return self.filter(readable_communities(user, "community__"))

    def questions(self) -> "DiscussionQuerySet":
        return self.filter(kind="question")

    def unanswered(self) -> "DiscussionQuerySet":
        return self.questions().filter(state="open")

    def for_list(self) -> "DiscussionQuerySet":
        """With what a card shows, in a fixed number of queries."""
        return self.select_related("community", "author", "author__profile").prefetch_related("tags")
