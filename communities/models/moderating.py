"""What moderators keep at hand: replies, and words that are looked at first."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .community import CommunityPage


class CannedReply(models.Model):
    """A reply that fits often. Without a community it is there for every moderator."""

    community = models.ForeignKey(
        CommunityPage, null=True, blank=True, on_delete=models.CASCADE, related_name="canned_replies"
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"), max_length=2000)

    class Meta:
        ordering = ["language", "title", "pk"]

    def __str__(self) -> str:
        return self.title


class WordRule(models.Model):
    """A word or phrase: what holds it is looked at first, or not taken. Case and accents do not count."""

    class Then(models.TextChoices):
        HOLD = "hold", _("a moderator looks at it first")
        REFUSE = "refuse", _("it is not taken, and the writer reads why")

    community = models.ForeignKey(
        CommunityPage, null=True, blank=True, on_delete=models.CASCADE, related_name="word_rules"
    )
    phrase = models.CharField(_("word or phrase"), max_length=100)
    then = models.CharField(_("what happens"), max_length=6, choices=Then.choices, default=Then.HOLD)
    newcomers_only = models.BooleanField(_("only for newcomers"), default=True)
    why = models.CharField(_("what the writer reads"), max_length=300, blank=True)

    class Meta:
        ordering = ["phrase", "pk"]

    def __str__(self) -> str:
        return self.phrase
