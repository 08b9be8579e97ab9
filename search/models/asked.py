"""What is searched for, kept without persons."""

from django.db import models


class AskedWords(models.Model):
    """How often some words were searched for in a month, and what came of it. Of nobody in particular.

    `askers` counts persons; nothing is shown of words that fewer than five asked for, and those go when the
    month is over.
    """

    month = models.DateField(help_text="its first day")
    words = models.CharField(max_length=200, help_text="in lower case, without accents and stop signs")
    searches = models.PositiveIntegerField(default=0)
    askers = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0, help_text="searches that found nothing")
    opened = models.PositiveIntegerField(default=0, help_text="searches of which a result was opened")
    refined = models.PositiveIntegerField(default=0, help_text="searches followed by other words")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="a moderator saw to it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "words"], name="asked_words_once")]
        indexes = [models.Index(fields=["-month", "-askers"], name="asked_most")]

    def __str__(self) -> str:
        return self.words


class AskedMark(models.Model):
    """That somebody's search is counted already. The mark says nothing of whom without the salt of the month,
    which goes with all marks when the month is over."""

    asked = models.ForeignKey(AskedWords, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "mark"], name="asked_mark_once")]

    def __str__(self) -> str:
        return "a mark"


class AskedSalt(models.Model):
    """The secret by which the marks of a month are made. It is kept here and not in a cache: one that is made
    anew in between would count people twice."""

    month = models.DateField(unique=True, help_text="its first day")
    salt = models.BinaryField()

    def __str__(self) -> str:
        return str(self.month)
