"""Questions and other discussions. Not pages: they are talk, not curated content."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
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
