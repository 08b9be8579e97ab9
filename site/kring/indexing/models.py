"""The outbox: what changed and must reach the search index."""

from django.db import models
from django.utils import timezone


class IndexChange(models.Model):
    """One changed thing, written in the transaction of the change; drained in order of its primary key.

    Whether it is added or removed is decided when it is drained: the registry is asked for its documents
    and none means removal.
    """

    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
