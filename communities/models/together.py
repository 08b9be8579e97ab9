"""Feeling at home: coffee by twos, and inviting the quiet."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class CoffeeWish(models.Model):
    """Somebody likes to have a virtual coffee with a colleague of another team now and then."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coffee_wish"
    )
    since = models.DateTimeField(default=timezone.now)
    paused = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"coffee for {self.user_id}"


class CoffeePair(models.Model):
    """Two people (three where the number is odd) who have coffee in one round. No repeats in 12 rounds."""

    round = models.PositiveIntegerField(db_index=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="coffees")
    at = models.DateTimeField(default=timezone.now)
    # When one of them said that they met.
    met_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-round", "pk"]

    def __str__(self) -> str:
        return f"round {self.round}: {self.pk}"


class Nudge(models.Model):
    """A quiet member was asked for what they know. Never twice for the same discussion."""

    discussion = models.ForeignKey("communities.Discussion", on_delete=models.CASCADE, related_name="nudges")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="nudges")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["discussion", "user"], name="one_nudge")]

    def __str__(self) -> str:
        return f"{self.discussion_id} to {self.user_id}"
