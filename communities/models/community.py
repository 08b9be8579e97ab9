"""Community pages."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page, PageManager

from kring.indexing.indexed import IndexedPage
from kring.ui.richtext.fields import RichTextField

from ..querysets import CommunityPageQuerySet


class CommunitiesPage(Page):
    """The root of the site's page tree; the directory of communities stands at its address."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["communities.CommunityPage"]
    max_count = 1
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("communities")
        verbose_name_plural = _("communities")

    def get_absolute_url(self) -> str:
        return self.get_url() or ""


class CommunityPage(IndexedPage, Page):
    """A community of practice. Who may read and post: the table in docs/architecture.md."""

    class Openness(models.TextChoices):
        OPEN = "open", _("open")
        ON_REQUEST = "on_request", _("on request")
        PRIVATE = "private", _("private")

    class Form(models.TextChoices):
        PRACTICE = "practice", _("community of practice")
        INTERVISION = "intervision", _("intervision group")
        THINK_CLUB = "think_club", _("think club")
        LEARNING = "learning", _("learning group")

    form = models.CharField(_("form"), max_length=11, choices=Form.choices, default=Form.PRACTICE)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    purpose = RichTextField(_("purpose"), blank=True)
    rules = RichTextField(_("rules"), blank=True)
    openness = models.CharField(
        _("openness"), max_length=10, choices=Openness.choices, default=Openness.OPEN, db_index=True
    )
    welcome = RichTextField(_("welcome"), blank=True, help_text="what a new member is told, once")
    allows_anonymous = models.BooleanField(_("may be asked anonymously"), default=False)
    newcomer_days = models.PositiveSmallIntegerField(
        default=0, help_text="links by people who belong for less are looked at first; 0 for nobody's"
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_from"
    )
    tags = models.JSONField(_("tags"), default=list, blank=True)
    attributions = models.JSONField(default=list, blank=True, help_text="[{name, url, licence}] of outsiders")
    source_id = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = PageManager.from_queryset(CommunityPageQuerySet)()

    parent_page_types = ["communities.CommunitiesPage"]
    subpage_types = ["wiki.LessonPage", "wiki.ArticlePage"]
    # Openness says who reads; Wagtail's own restrictions would know nothing of search and notifications.
    private_page_options: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("language"),
        FieldPanel("summary"),
        FieldPanel("purpose"),
        FieldPanel("rules"),
        FieldPanel("openness"),
        InlinePanel("curated_items", label=_("curated items")),
    ]

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")

    def get_absolute_url(self) -> str:
        return self.get_url() or ""

    @property
    def audience(self) -> str:
        """The audience token that everything in this community carries."""
        return f"c:{self.pk}"


class Chapter(Orderable):
    """What a think club reads together, and when it talks about it."""

    community = ParentalKey(CommunityPage, on_delete=models.CASCADE, related_name="chapters")
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("book, or where it stands"), max_length=200, blank=True)
    url = models.CharField(
        _("address"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    discussed_on = models.DateField(_("talked about on"), null=True, blank=True)
    discussion = models.ForeignKey(
        "communities.Discussion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.title


class CuratedItem(Orderable):
    """Something the leads put on the community's front page: one of our pages, or a link; with a why."""

    community = ParentalKey(CommunityPage, on_delete=models.CASCADE, related_name="curated_items")
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])])
    title = models.CharField(_("title"), max_length=200, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)

    panels = [
        FieldPanel("page", heading=_("Page")),
        FieldPanel("url", heading=_("Address")),
        FieldPanel("title"),
        FieldPanel("why"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) | ~models.Q(url=""),
                name="curated_item_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.url
