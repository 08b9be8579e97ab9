"""Reads of notifications."""

from typing import Any

from django.db import models
from django.db.models import Q

from kring.indexing.registry import audience_of


class NotificationQuerySet(models.QuerySet):
    def inbox_of(self, user: Any) -> "NotificationQuerySet":
        """What this person may see now: rows about things they lost access to are left out."""
        allowed = Q(audience="") | Q(audience__in=list(audience_of(user)))
        return self.filter(allowed, recipient=user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)
