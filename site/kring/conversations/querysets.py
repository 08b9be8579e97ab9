"""Reads of comments."""

from django.db import models
from django_comments_xtd.models import XtdCommentManager


class CommentQuerySet(models.QuerySet):
    def shown(self) -> "CommentQuerySet":
        """Everything a reader sees: public ones, and tombstones of removed ones."""
        return self.filter(is_public=True)

    def with_authors(self) -> "CommentQuerySet":
        return self.select_related("user", "user__profile", "user__profile__team")


class CommentManager(XtdCommentManager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> CommentQuerySet:
        return CommentQuerySet(self.model, using=self._db)
