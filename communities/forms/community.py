"""What a community says about itself, and what stands on its front page."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kring.ui.fields import TagsField
from kring.ui.forms import ModelForm

from ..models import CommunityPage, CuratedItem

WHO_COMES_IN = {
    CommunityPage.Openness.OPEN: _("Open: everybody on the staff reads it, writes in it and can join"),
    CommunityPage.Openness.ON_REQUEST: _(
        "On request: everybody on the staff reads it; members write, and a lead lets people in"
    ),
    CommunityPage.Openness.PRIVATE: _("Private: only members know that it is there"),
}


class CommunityForm(ModelForm):
    tag_words = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_(
            "Words people would look for, with commas between them. For example: suppliers, payments"
        ),
    )

    class Meta:
        model = CommunityPage
        fields = [
            *("form", "title", "summary", "purpose", "rules", "welcome", "openness", "language"),
            *("allows_anonymous", "newcomer_days"),
        ]
        labels = {
            "title": _("Name"),
            "summary": _("In one sentence"),
            "purpose": _("What it is for"),
            "form": _("What kind of circle"),
            "rules": _("How we deal with each other here"),
            "welcome": _("A word to new members"),
            "openness": _("Who may come in?"),
            "language": _("Mostly written in"),
            "allows_anonymous": _("One may ask and answer without one's name"),
            "newcomer_days": _("Look first at links by people who belong for less than … days"),
        }
        help_texts = {
            "title": _("What people do there, in their own words: “Suppliers and Contracts”."),
            "summary": _("For whom, and what one gets there. It stands below the name."),
            "purpose": _("What you talk about, and what not. A few sentences."),
            "rules": _("Three to five lines. “A half answer today beats a full one next month.”"),
            "welcome": _(
                "They read it once, when they come in: what to look at first, whom to say hello to."
            ),
            "allows_anonymous": _(
                "Nobody sees whose it is. You can write to them without knowing who they are, and stop it "
                "for somebody for a while; to learn a name takes two leads."
            ),
            "newcomer_days": _("0: everybody's links are shown at once."),
        }
        widgets = {
            "title": forms.TextInput(attrs={"class": "field__input--title"}),
            "summary": forms.Textarea(attrs={"rows": 2}),
            "openness": forms.RadioSelect,
        }

    field_order = [
        *("form", "title", "summary", "purpose", "rules", "welcome", "openness", "allows_anonymous"),
        *("newcomer_days", "tag_words", "language"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["openness"].choices = list(WHO_COMES_IN.items())
        self.fields["newcomer_days"].required = False
        self.fields["form"].choices = [
            (value, capfirst(label)) for value, label in CommunityPage.Form.choices
        ]
        if self.instance.pk is None:
            # It is chosen before, and brings the first texts.
            self.fields["form"].widget = forms.HiddenInput()
            self.fields["form"].required = False
        else:
            self.fields["tag_words"].initial = list(self.instance.tags)

    def values(self) -> dict[str, Any]:
        """What the actions want."""
        taken = {name: value for name, value in self.cleaned_data.items() if name != "tag_words"}
        if not taken["form"]:
            del taken["form"]
        if taken["newcomer_days"] is None:
            del taken["newcomer_days"]
        return {**taken, "tags": self.cleaned_data["tag_words"]}

    def _post_clean(self) -> None:
        """The instance is left alone: actions write it."""


class CuratedItemForm(ModelForm):
    """One of the community's own pages, or an address elsewhere; and why it is worth opening."""

    page = forms.ModelChoiceField(
        Page.objects.none(), label=_("A page of this community"), required=False, empty_label=_("None")
    )

    class Meta:
        model = CuratedItem
        fields = ["page", "url", "title", "why"]
        labels = {"url": _("Or an address elsewhere"), "title": _("Title"), "why": _("Why?")}
        help_texts = {
            "url": _("It begins with https://"),
            "title": _("Needed for an address; a page has its own."),
            "why": _("One line: “Five minutes. What you may sign for, and what not.”"),
        }
        widgets = {"url": forms.URLInput}

    def __init__(self, *args: Any, community: CommunityPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = community.get_descendants().live().order_by("title")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "url" in self.errors or "page" in self.errors:
            return cleaned
        page, url = cleaned.get("page"), cleaned.get("url")
        if bool(page) == bool(url):
            self.add_error("page", gettext("Choose a page or give an address: one of the two."))
        elif url and not cleaned.get("title"):
            self.add_error("title", gettext("Give the address a title that people understand."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("page", "url", "title", "why")}

    def _post_clean(self) -> None:
        """The instance is left alone: actions write it."""
