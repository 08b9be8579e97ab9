"""Questions and other discussions. Not pages: they are talk, not curated content."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from kring.conversations.models import Comment
from kring.indexing.indexed import Indexed
from kring.ui.richtext.fields import RichTextField

from ..querysets import DiscussionQuerySet
from .community import CommunityPage


class DiscussionTag(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="discussion_items")
    content_object = models.ForeignKey("Discussion", on_delete=models.CASCADE, related_name="tagged_items")


class Discussion(Indexed, models.Model):  # type: ignore[django-manager-missing]
    """A question, discussion, announcement or live room in a community.

    A question is open until it has an answer, and solved once one is accepted.
    Imported ones have no author; `attribution` holds name, url and licence.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        DISCUSSION = "discussion", _("discussion")
        ANNOUNCEMENT = "announcement", _("announcement")
        ROOM = "room", _("live room")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        SOLVED = "solved", _("solved")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.QUESTION)
    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="discussions")
    title = models.CharField(_("title"), max_length=200)
    body = RichTextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="discussions"
    )
    attribution = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    accepted = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    also_accepted = models.ManyToManyField(
        Comment, blank=True, related_name="+", help_text="further answers that helped"
    )
    is_anonymous = models.BooleanField(
        default=False, help_text="it has no author; a Seal knows whose it is, and says so to nobody"
    )
    is_beginner = models.BooleanField(
        _("a beginner's question"), default=False, help_text="kind replies, please"
    )
    pinned_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolution = models.CharField(_("what came of it"), max_length=500, blank=True)
    reopened_reason = models.CharField(_("why it is open again"), max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_from"
    )
    held_for = models.CharField(
        max_length=20, blank=True, help_text="why a moderator looks at it first: a key of HELD_FOR"
    )
    is_unseen = models.BooleanField(
        default=False, help_text="held from the beginning: nobody was told of it yet"
    )
    removed_at = models.DateTimeField(null=True, blank=True, help_text="by a moderator; nobody reads it")
    hosts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", help_text="who answers in a live room"
    )
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    tags = TaggableManager(_("tags"), through=DiscussionTag, blank=True)
    score = models.IntegerField(default=0, help_text="votes it brought along when imported")
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(default=timezone.now)
    source_id = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        ordering = ["-last_activity_at", "-pk"]
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        indexes = [
            models.Index(fields=["community", "kind", "-last_activity_at"], name="discussions_recent"),
            models.Index(fields=["community", "-last_activity_at"], name="discussions_active"),
            models.Index(fields=["-last_activity_at"], name="discussions_active_anywhere"),
            models.Index(fields=["-created_at"], name="discussions_new"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("discussion", args=[self.pk, slugify(self.title)[:60] or "-"])

    @property
    def is_standing(self) -> bool:
        """Whether its readers see it: it neither went on elsewhere nor is held or removed."""
        return self.merged_into_id is None and not self.held_for and self.removed_at is None

    @property
    def is_over(self) -> bool:
        """A live room whose end has passed."""
        return self.kind == self.Kind.ROOM and self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def is_running(self) -> bool:
        """A live room that has begun and is not over."""
        began = self.starts_at is None or self.starts_at <= timezone.now()
        return self.kind == self.Kind.ROOM and began and not self.is_over


class SolvedToo(models.Model):
    """An accepted answer solved it for somebody else too."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="solved_too")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["discussion", "user"], name="one_solved_too")]

    def __str__(self) -> str:
        return f"{self.user_id} by {self.discussion_id}"


def why_asked(because: dict[str, Any]) -> str:
    """Why somebody is asked, in the active language, to stand after "you were asked because"; "" if unknown.

    because: `kind`, and in `words` the word it is about by language, or under "" in any.
    """
    words = because.get("words") or {}
    word = words.get((get_language() or "")[:2]) or next(filter(None, words.values()), "")
    if because.get("kind") == "skill":
        return gettext("you offer “%(word)s”") % {"word": word}
    if because.get("kind") == "answered":
        return gettext("you helped with “%(word)s” before") % {"word": word}
    return gettext("you wrote about it, or tell so on your page") if because else ""


class Routing(models.Model):
    """An unanswered question was put before somebody who knows; they may pass it on.

    `because` is what why_asked() wants; `why` is a sentence of before that was kept.
    """

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="routings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="routings")
    why = models.CharField(max_length=200, blank=True)
    because = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="routings_lately")]
        constraints = [models.UniqueConstraint(fields=["discussion", "user"], name="one_routing")]

    def __str__(self) -> str:
        return f"{self.discussion_id} to {self.user_id}"

    @property
    def asked_because(self) -> str:
        """In the reader's language."""
        return why_asked(self.because) or self.why
