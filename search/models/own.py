"""A person's own searches. Nobody else sees them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RecentSearch(models.Model):
    """What a person searched for lately; they can erase it, and it goes by itself after a while."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    query = models.CharField(max_length=1000, help_text="the address after ?, with filters")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="recent_search_once")]
        indexes = [models.Index(fields=["user", "-at"], name="recent_searches")]

    def __str__(self) -> str:
        return self.words

    @property
    def url(self) -> str:
        return f"{reverse('search')}?{self.query}"


class SearchesUnkept(models.Model):
    """That a person wants none of their searches kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"searches of {self.user_id}"


class SavedSearch(models.Model):
    """A search to come back to; its person may hear of what is new in it."""

    class Alert(models.TextChoices):
        NONE = "none", _("Do not tell me")
        NEW = "new", _("Tell me what is new")
        FIRST = "first", _("Tell me once there is an answer")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    query = models.CharField(max_length=1000, help_text="the address after ?, with filters")
    alert = models.CharField(_("alert"), max_length=5, choices=Alert.choices, default=Alert.NONE)
    created_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField(help_text="what came later is new")
    seen = models.JSONField(default=list, help_text='what it found until then, such as "lesson:12"')

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{reverse('search')}?{self.query}"
