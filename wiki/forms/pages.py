"""Writing a lesson or an article."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage
from communities.permissions import can_read_community
from communities.querysets import readable_communities
from kring.people.models import User
from kring.ui.fields import TagsField
from kring.ui.forms import ModelForm

from ..models import ArticlePage, LessonPage
from .fields import NameLines, NamesField

NAMES_OFFERED = 200
SPARE_LINES = 2
MOST_LINES = 20


class PageForm(ModelForm):
    """What lessons and articles share. The community is chosen once; a page doesn't move."""

    SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    community = forms.ModelChoiceField(
        CommunityPage.objects.none(),
        label=_("Community"),
        help_text=_("Whoever can read this community can read it."),
        empty_label=_("Choose one"),
    )
    author_names = NamesField(
        label=_("Authors"),
        required=False,
        help_text=_("A name or an e-mail address on each line. They can edit it too, and are told."),
    )
    tag_words = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_(
            "Words people would look for, with commas between them. For example: suppliers, payments"
        ),
    )
    applies_to = forms.ModelMultipleChoiceField(
        CommunityPage.objects.none(),
        label=_("Also of use to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Other communities where it should be found."),
    )
    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, by: User, places: Any, authors: Iterable[User] = (), **kwargs: Any
    ) -> None:
        """by: who writes. places: the communities that may be chosen, already narrowed to where they may.

        authors: whose a new page is, where that is not who writes it.
        """
        super().__init__(*args, **kwargs)
        self.by = by
        self.given = list(authors)
        page = self.instance
        self.is_new = page.pk is None
        chosen = self._community(places)
        self.fields["community"].queryset = places
        if not self.is_new:
            del self.fields["community"]
            self.fields["seen_revision"].initial = page.latest_revision_id
        others = CommunityPage.objects.live().filter(readable_communities(by)).order_by("title")
        present = [] if self.is_new else [community.pk for community in page.applies_to.all()]
        self.fields["applies_to"].queryset = others.exclude(pk=chosen.pk) if chosen else others
        self.fields["applies_to"].initial = present
        self._prepare_names(chosen)
        if not self.is_new:
            self.fields["tag_words"].initial = sorted(tag.name for tag in page.tags.all())

    def _community(self, places: Any) -> CommunityPage | None:
        if not self.is_new:
            return self.instance.community
        value = self.data.get("community") or self.initial.get("community")
        return places.filter(pk=value).first() if str(value or "").isdecimal() else None

    def _prepare_names(self, community: CommunityPage | None) -> None:
        field = self.fields["author_names"]
        self.present = (self.given or [self.by]) if self.is_new else list(self.instance.authors.all())
        names = _distinct(self.present)
        typed = sum(key.startswith("author_names_") for key in self.data)
        field.initial = names
        field.widget = NameLines(min(max(len(names) + SPARE_LINES, typed), MOST_LINES))
        field.widget.names = _offered(community)

    def sections(self) -> list[tuple[Any, list[Any]]]:
        """(heading, fields) in the order in which they are drawn; a heading may be empty."""
        return [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in self.SECTIONS
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        community = cleaned.get("community") if self.is_new else self.instance.community
        if community and "author_names" in cleaned:
            self.authors = self._people(cleaned["author_names"], community)
        return cleaned

    def _people(self, typed: list[str], community: CommunityPage) -> list[User]:
        shown = dict(zip(_distinct(self.present), self.present, strict=True))
        found: dict[int, User] = {}
        for line in typed:
            known = [shown[line]] if line in shown else []
            matches = known or [user for user in _called(line) if can_read_community(user, community)]
            if len(matches) == 1:
                found[matches[0].pk] = matches[0]
            elif matches:
                words = gettext("Several people are called %(name)s. Give the e-mail address.")
                self.add_error("author_names", words % {"name": line})
            else:
                words = gettext(
                    "Nobody called %(name)s can read this community. Is it spelled as on their page?"
                )
                self.add_error("author_names", words % {"name": line})
        return list(found.values())

    def values(self) -> dict[str, Any]:
        """What the actions want: fields of the model, authors, tags and communities."""
        taken = {"community", "author_names", "tag_words", "seen_revision"}
        fields = {name: value for name, value in self.cleaned_data.items() if name not in taken}
        fields["applies_to"] = list(self.cleaned_data["applies_to"]) + self._kept_communities()
        return {**fields, "authors": self.authors, "tags": self.cleaned_data["tag_words"]}

    def _kept_communities(self) -> list[CommunityPage]:
        """Communities that the page names and this editor cannot see: they stay."""
        if self.is_new:
            return []
        offered = set(self.fields["applies_to"].queryset.values_list("pk", flat=True))
        return [community for community in self.instance.applies_to.all() if community.pk not in offered]

    def _post_clean(self) -> None:
        """The instance is left alone: actions write it. Only the fields' own checks have run."""


def _distinct(people: Iterable[User]) -> list[str]:
    """Their names; the e-mail address where two have the same."""
    people = list(people)
    count = Counter(user.name for user in people)
    return [user.name if count[user.name] == 1 and user.name else user.email for user in people]


def _called(line: str) -> list[User]:
    people = User.objects.active()
    return list(people.filter(email__iexact=line)) or list(people.filter(name__iexact=line)[:20])


def _offered(community: CommunityPage | None) -> list[str]:
    """Names to suggest: the community's members."""
    if community is None:
        return []
    members = User.objects.active().filter(memberships__community=community)
    return list(members.order_by("name").values_list("name", flat=True)[:NAMES_OFFERED])


class LessonForm(PageForm):
    class Meta:
        model = LessonPage
        fields = [
            "title", "outcome", "summary", "planned", "happened", "why", "learned", "next_time", "body",
            "applies_where", "occurred_on", "language",
        ]  # fmt: skip
        labels = {
            "title": _("Title"),
            "outcome": _("How did it go?"),
            "summary": _("In two or three sentences"),
            "planned": _("What was planned?"),
            "happened": _("What happened?"),
            "why": _("Why did it go like that?"),
            "learned": _("What did you learn from it?"),
            "next_time": _("What to do next time?"),
            "body": _("Anything else"),
            "applies_where": _("Where does it apply?"),
            "occurred_on": _("When was it?"),
            "language": _("Written in"),
        }
        help_texts = {
            "title": _(
                "Say it as you would to a colleague. "
                "“We ordered twice because nobody had closed the first order.”"
            ),
            "summary": _("What somebody reads before deciding to read on."),
            "planned": _("For example: “All suppliers would move to the new system in one night.”"),
            "happened": _(
                "In the order it happened. In a numbered list, a moment in bold becomes a timeline: "
                "“<b>Monday 07:30</b> First payment run.”"
            ),
            "why": _("Look for what made it likely, not for who did it. Names of people don't belong here."),
            "learned": _(
                "One to three sentences that help a stranger. "
                "For example: “A log that only one person can find is not a log.”"
            ),
            "next_time": _("Steps somebody else can take, as a list. They are shown as things to tick off."),
            "body": _("Whatever fits none of the five parts."),
            "applies_where": _("For example: buildings with more than one maintenance firm."),
            "occurred_on": _("About is fine."),
        }
        widgets = {
            "title": forms.TextInput(attrs={"class": "field__input--title"}),
            "outcome": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 3}),
            "occurred_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    PARTS = ("planned", "happened", "why", "learned", "next_time", "body")
    SECTIONS = (
        ("", ("title", "outcome", "summary")),
        (_("What happened"), ("planned", "happened", "why")),
        (_("What it teaches"), ("learned", "next_time", "applies_where", "body")),
        (_("Who reads it, and finds it"), ("community", "author_names", "tag_words", "applies_to")),
        (_("When, and in which language"), ("occurred_on", "language")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = LessonPage.Outcome.choices
        self.fields["outcome"].choices = [(value, capfirst(label)) for value, label in outcomes]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any((cleaned.get(part) or "").strip() for part in self.PARTS):
            self.add_error("happened", gettext("Tell what happened, or fill in one of the other parts."))
        return cleaned


class ArticleForm(PageForm):
    SECTIONS = (
        ("", ("title", "summary", "body")),
        (_("Who reads it, and finds it"), ("community", "author_names", "tag_words", "applies_to")),
        (_("Keeping it right"), ("review_on", "language")),
    )

    class Meta:
        model = ArticlePage
        fields = ["title", "summary", "body", "review_on", "language"]
        labels = {
            "title": _("Title"),
            "summary": _("In two or three sentences"),
            "body": _("Text"),
            "review_on": _("Look at it again on"),
            "language": _("Written in"),
        }
        help_texts = {
            "title": _("What somebody would type to find it. “How buying works here, on one page.”"),
            "summary": _("What somebody reads before deciding to read on."),
            "body": _("Headings make the contents beside the page."),
            "review_on": _("Then you are asked whether it is still right. Half a year ahead is usual."),
        }
        widgets = {
            "title": forms.TextInput(attrs={"class": "field__input--title"}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "review_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
