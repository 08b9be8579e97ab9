"""Reads of the activity table."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models


class ActivityQuerySet(models.QuerySet):
    def for_audience(self, tokens: Iterable[str]) -> "ActivityQuerySet":
        """Facts that a holder of any of these audience tokens may see."""
        return self.filter(audience__in=[token for token in tokens if token])

    def about(self, target: models.Model) -> "ActivityQuerySet":
        content_type = ContentType.objects.get_for_model(target)
        return self.filter(target_type=content_type, target_id=target.pk)
