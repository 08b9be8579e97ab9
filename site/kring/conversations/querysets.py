"""Reads of comments."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django_comments_xtd.models import XtdCommentManager


class ConversationQuerySet(models.QuerySet):
    def about(self, target: models.Model) -> "ConversationQuerySet":
        """The conversation about this thing: none until somebody said something."""
        content_type = ContentType.objects.get_for_model(target)
        return self.filter(content_type=content_type, object_id=target.pk)


class CommentQuerySet(models.QuerySet):
    def shown(self) -> "CommentQuerySet":
        """Everything a reader sees: public ones, and tombstones of removed ones."""
        return self.filter(is_public=True)

    def present(self) -> "CommentQuerySet":
        """Public and not removed."""
        return self.filter(is_public=True, is_removed=False)

    def roots(self) -> "CommentQuerySet":
        """What was said first. A removed one is left out unless somebody replied to it."""
        model: Any = self.model
        replies = model.objects.present().filter(thread_id=OuterRef("pk"), level=1)
        return self.shown().filter(level=0).filter(Q(is_removed=False) | Exists(replies.order_by()))

    def replies_to(self, roots: Iterable[int]) -> "CommentQuerySet":
        """Replies below these, in the order in which they came."""
        return self.present().filter(level=1, thread_id__in=list(roots)).order_by("submit_date", "pk")

    def best_first(self, accepted: Iterable[int]) -> "CommentQuerySet":
        """The accepted ones in this order, then by score, then by time."""
        chosen = list(accepted)
        if not chosen:
            return self.order_by("-score", "submit_date", "pk")
        whens = [When(pk=pk, then=Value(place)) for place, pk in enumerate(chosen)]
        rank = Case(*whens, default=Value(len(chosen)), output_field=IntegerField())
        return self.order_by(rank, "-score", "submit_date", "pk")

    def same_first(self) -> "CommentQuerySet":
        """What most people say "same here" to, then by time."""
        same = Count("reactions", filter=Q(reactions__kind="same"))
        return self.annotate(same=same).order_by("-same", "submit_date", "pk")

    def in_time(self) -> "CommentQuerySet":
        return self.order_by("submit_date", "pk")

    def by(self, user: Any) -> "CommentQuerySet":
        return self.filter(user=user)

    def with_authors(self) -> "CommentQuerySet":
        return self.select_related("user", "user__profile", "user__profile__team")


class ReactionQuerySet(models.QuerySet):
    def counts(self) -> dict[tuple[int | None, str], int]:
        """(primary key of the comment or None, kind) to how many there are."""
        found = self.order_by().values_list("comment", "kind").annotate(number=Count("pk"))
        return {(comment, kind): number for comment, kind, number in found}

    def first_of_each(self, number: int) -> "ReactionQuerySet":
        """The first few of each kind on each comment, with their people."""
        place = Window(RowNumber(), partition_by=[F("comment"), F("kind")], order_by=[F("at"), F("pk")])
        found = self.annotate(place=place).filter(place__lte=number)
        return found.select_related("user").order_by("at", "pk")


class CommentManager(XtdCommentManager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> CommentQuerySet:
        return CommentQuerySet(self.model, using=self._db)
