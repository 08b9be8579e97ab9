"""What a person put away on their home page."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class HiddenPanel(models.Model):
    """A panel of the home page that this person does not want to see any more."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    panel = models.CharField(max_length=40)
    hidden_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "panel"], name="panel_hidden_once")]

    def __str__(self) -> str:
        return f"{self.panel} hidden by {self.user_id}"
