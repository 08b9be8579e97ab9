"""Keeping one's distance from somebody."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Distance(models.Model):
    """`user` sees less of `other`, and nobody else knows.

    Mute: what the other says is folded away, and nothing of it is told. Block: moreover the other can
    neither mention them, nor write to them, nor have them as a coffee pair.
    """

    class Kind(models.TextChoices):
        MUTE = "mute", _("see less of them")
        BLOCK = "block", _("keep them away")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="distances")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.MUTE)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "other"], name="one_distance"),
            models.CheckConstraint(condition=~models.Q(user=models.F("other")), name="distance_to_others"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}s {self.other_id}"
