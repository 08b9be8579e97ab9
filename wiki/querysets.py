"""Reads of articles and lessons."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.query import PageQuerySet

from communities.querysets import readable_communities
from kring.conversations.models import Conversation


class WikiPageQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> "WikiPageQuerySet":
        """Published ones in communities that this user may read."""
        return self.live().filter(readable_communities(user, "community__"))

    def for_list(self) -> "WikiPageQuerySet":
        """With what a card shows, in a fixed number of queries."""
        related = self.select_related("community").prefetch_related("authors", "authors__profile", "tags")
        return related.with_comment_count()

    def with_comment_count(self) -> "WikiPageQuerySet":
        """Adds `comment_count`: public comments in the conversation about the page."""
        content_type = ContentType.objects.get_for_model(self.model)
        about = Conversation.objects.filter(content_type=content_type, object_id=OuterRef("pk"))
        return self.annotate(comment_count=Coalesce(Subquery(about.values("comment_count")[:1]), 0))

    def by(self, user: Any) -> "WikiPageQuerySet":
        """Those that this person wrote alone or with others."""
        named = self._through("authors").filter(user=user).values(f"{self.model._meta.model_name}_id")
        return self.filter(Q(owner=user) | Q(pk__in=named))

    def in_communities_of(self, user: Any) -> "WikiPageQuerySet":
        return self.filter(community__in=user.memberships.values("community"))

    def tagged(self, names: Iterable[str]) -> "WikiPageQuerySet":
        """Those with at least one of these tags, whatever their case; each once."""
        wanted = Q(pk__in=[])
        for name in names:
            wanted |= Q(tag__name__iexact=name)
        return self.filter(pk__in=self._through("tags").filter(wanted).values("content_object"))

    def drafts_of(self, user: Any) -> "WikiPageQuerySet":
        """This person's pages that nobody else sees as they are: unpublished, or with a newer draft."""
        return self.by(user).filter(Q(live=False) | Q(has_unpublished_changes=True))

    def to_review_by(self, user: Any, today: date) -> "WikiPageQuerySet":
        """Articles by this person whose day to be looked at again has come, the longest due first."""
        return self.by(user).filter(review_on__lte=today).order_by("review_on", "pk")

    def newest(self) -> "WikiPageQuerySet":
        return self.order_by("-first_published_at", "-pk")

    def counts_by(self, field: str) -> dict[Any, int]:
        """Value of the field to how many have it, the most used first; empty values left out."""
        rows = self.order_by().values_list(field).annotate(number=Count("pk")).order_by("-number", field)
        return {value: number for value, number in rows if value}

    def tag_counts(self, limit: int) -> QuerySet:
        """(name, number) of the tags used most."""
        items = self._through("tags").filter(content_object__in=self.order_by().values("pk"))
        counted = items.values_list("tag__name").annotate(number=Count("pk"))
        return counted.order_by("-number", "tag__name")[:limit]

    def _through(self, field: str) -> QuerySet:
        return self.model._meta.get_field(field).remote_field.through.objects.all()
