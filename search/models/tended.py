"""What moderators look after."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonyms(models.Model):
    """Words and phrases that mean the same: whoever searches for one finds the others, a little lower.

    one_way: that holds for the first alone. version: counts the changes, so that none is overwritten unseen.
    """

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    words = models.TextField(_("words"), help_text=_("Two or more, with commas between them."))
    one_way = models.BooleanField(_("one way"), default=False)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words


class Pin(models.Model):
    """A result that stands first for some words, for whoever may read it."""

    words = models.CharField(
        _("words"), max_length=200, help_text="in lower case, without accents and stop signs"
    )
    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["words", "kind", "object_id"], name="pinned_once")]

    def __str__(self) -> str:
        return f"{self.words}: {self.kind}:{self.object_id}"


class NotAlike(models.Model):
    """Two things that moderators looked at: they are not the same, and nobody is asked again."""

    pair = models.CharField(max_length=100, unique=True, help_text='such as "lesson:3 lesson:12"')
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.pair
