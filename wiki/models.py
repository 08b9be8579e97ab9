"""Articles and lessons learned, as Wagtail pages."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase, Tag
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager

from communities.models import CommunityPage, Discussion
from kring.indexing.indexed import IndexedPage
from kring.ui.richtext.fields import RichTextField

from .querysets import WikiPageQuerySet


class WikiPage(IndexedPage, Page):
    """What articles and lessons share. The community is the one whose page stands above in the tree.

    It is empty only while a community is being deleted; then nobody may read the page.

    `authors` are people of the site; imported content has `attributions`: [{name, url, licence}].
    """

    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    summary = models.TextField(_("summary"), max_length=1000, blank=True)
    community = models.ForeignKey(
        CommunityPage,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
        verbose_name=_("community"),
    )
    authors = ParentalManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    applies_to = ParentalManyToManyField(CommunityPage, blank=True, related_name="+")
    attributions = models.JSONField(default=list, blank=True)
    grown_from = models.ForeignKey(
        Discussion,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
        help_text="the question whose answer it was made of",
    )
    created_on = models.DateField(_("written on"), null=True, blank=True)
    source_id = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = PageManager.from_queryset(WikiPageQuerySet)()

    KEPT = ("community_id", "grown_from_id", "source_id", "source_hash", "attributions")
    exclude_fields_in_copy = ["source_id", "source_hash", "grown_from"]
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return self.get_url() or ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A page made in the administration gets the community it stands in."""
        if self.community_id is None and self.path:
            self.community = CommunityPage.objects.ancestor_of(self).first()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "WikiPage":
        """What belongs to the page and not to one of its revisions stays as it is."""
        page = super().with_content_json(content)
        for name in self.KEPT:
            setattr(page, name, getattr(self, name))
        return page


class LessonTag(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="lesson_items")
    content_object = ParentalKey("LessonPage", on_delete=models.CASCADE, related_name="tagged_items")


class LessonPage(WikiPage):
    """A lesson learned: what was planned, what happened, why, what we learned, what to do next time."""

    class Outcome(models.TextChoices):
        SUCCESS = "success", _("went well")
        MIXED = "mixed", _("partly")
        FAILURE = "failure", _("something went wrong")

    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices, blank=True)
    planned = RichTextField(_("what was planned"), blank=True)
    happened = RichTextField(_("what happened"), blank=True)
    why = RichTextField(_("why"), blank=True)
    learned = RichTextField(_("what we learned"), blank=True)
    next_time = RichTextField(_("what to do next time"), blank=True)
    body = RichTextField(_("more"), blank=True, help_text=_("anything that fits none of the five parts"))
    applies_where = models.CharField(_("where it applies"), max_length=300, blank=True)
    occurred_on = models.DateField(_("when it happened"), null=True, blank=True)
    tags = ClusterTaggableManager(_("tags"), through=LessonTag, blank=True)

    PARTS = ("planned", "happened", "why", "learned", "next_time", "body")

    parent_page_types = ["communities.CommunityPage", "wiki.ArticlePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("language"),
        FieldPanel("outcome"),
        *(FieldPanel(part) for part in PARTS),
        FieldPanel("applies_where"),
        FieldPanel("occurred_on"),
        FieldPanel("tags"),
        FieldPanel("authors", heading=_("Authors")),
        FieldPanel("applies_to", heading=_("Also of use to")),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def parts(self) -> list[tuple[str, Any, str]]:
        """(field name, heading, HTML) of each part that has text, in reading order."""
        return [
            (name, self._meta.get_field(name).verbose_name, getattr(self, name))
            for name in self.PARTS
            if getattr(self, name)
        ]


class ArticleTag(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="article_items")
    content_object = ParentalKey("ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePage(WikiPage):
    """A wiki article; articles may stand under one another."""

    body = RichTextField(_("text"), blank=True)
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    is_placeholder = models.BooleanField(default=False, editable=False)
    tags = ClusterTaggableManager(_("tags"), through=ArticleTag, blank=True)

    parent_page_types = ["communities.CommunityPage", "wiki.ArticlePage"]
    subpage_types = ["wiki.ArticlePage", "wiki.LessonPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("language"),
        FieldPanel("body"),
        FieldPanel("review_on"),
        FieldPanel("tags"),
        FieldPanel("authors", heading=_("Authors")),
        FieldPanel("applies_to", heading=_("Also of use to")),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
