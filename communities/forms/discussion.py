"""Asking a question, starting a discussion, announcing something."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.people.models import User
from kring.ui.fields import TagsField
from kring.ui.forms import ModelForm

from ..models import CommunityPage, Discussion
from ..permissions import can_announce_in

CHOICES = [
    (Discussion.Kind.QUESTION, _("A question: I want to know something")),
    (Discussion.Kind.DISCUSSION, _("A discussion: I want to hear what others think")),
]
ANNOUNCED = {
    "title": _("What they should know, in one sentence: “From Monday the desk opens at eight”."),
    "body": _("What changes, from when, and what they have to do."),
}
ANNOUNCEMENT = (Discussion.Kind.ANNOUNCEMENT, _("An announcement: every member should know this"))


class DiscussionForm(ModelForm):
    """Community and kind are chosen once; a discussion doesn't move here."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    community = forms.ModelChoiceField(
        CommunityPage.objects.none(),
        label=_("Community"),
        help_text=_("Whoever can read this community can read it, and answer."),
        empty_label=_("Choose one"),
    )
    tag_words = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_("Words people would look for, with commas between them. For example: forms, testing"),
    )

    class Meta:
        model = Discussion
        fields = ["title", "body", "language", "is_beginner"]
        labels = {
            "title": _("Title"),
            "body": _("More about it"),
            "language": _("Written in"),
            "is_beginner": _("I am new to this: it is a beginner's question"),
        }
        help_texts = {
            "title": _("One sentence, as you would say it to a colleague: “Can we keep the old numbers?”"),
            "body": _(
                "What you tried, what you need it for. Two sentences are enough. With @ and their full name "
                "you tell somebody of it."
            ),
            "is_beginner": _("Those who answer are asked to explain the words they use."),
        }
        widgets = {"title": forms.TextInput(attrs={"class": "field__input--title"})}

    anonymous = forms.BooleanField(
        label=_("Ask it without my name"),
        required=False,
        help_text=_(
            "Nobody sees whose it is, not even those who look after the community. They can write to you "
            "without knowing who you are. You hear of answers in your inbox."
        ),
    )

    field_order = ["kind", "title", "body", "community", "is_beginner", "anonymous", "tag_words", "language"]

    def __init__(self, *args: Any, by: User, places: Any = None, **kwargs: Any) -> None:
        """by: who writes. places: communities that may be chosen, already narrowed to where they may post."""
        super().__init__(*args, **kwargs)
        self.by = by
        if self.instance.pk is not None:
            del self.fields["kind"], self.fields["community"], self.fields["anonymous"]
            if self.instance.kind != Discussion.Kind.QUESTION:
                del self.fields["is_beginner"]
            self.fields["tag_words"].initial = sorted(tag.name for tag in self.instance.tags.all())
            return
        self.fields["community"].queryset = places
        announces = any(can_announce_in(by, community) for community in places)
        self.fields["kind"].choices = [*CHOICES, ANNOUNCEMENT] if announces else CHOICES
        if self["kind"].value() == Discussion.Kind.ANNOUNCEMENT:
            for name, words in ANNOUNCED.items():
                self.fields[name].help_text = words
        named = [community.title for community in places if community.allows_anonymous]
        if named:
            where = gettext("Possible in %(communities)s.") % {"communities": ", ".join(named[:5])}
            self.fields["anonymous"].help_text = f"{self.fields['anonymous'].help_text} {where}"
        else:
            del self.fields["anonymous"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        community = cleaned.get("community")
        announces = cleaned.get("kind") == Discussion.Kind.ANNOUNCEMENT
        if announces and community and not can_announce_in(self.by, community):
            problem = gettext("Announcements in %(community)s are made by those who look after it.")
            self.add_error("kind", problem % {"community": community.title})
        if cleaned.get("anonymous") and community and not community.allows_anonymous:
            problem = gettext("In %(community)s one asks under one's own name.")
            self.add_error("anonymous", problem % {"community": community.title})
        if cleaned.get("anonymous") and announces:
            self.add_error("anonymous", gettext("An announcement has a name under it."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the actions want."""
        taken = {name: value for name, value in self.cleaned_data.items() if name != "tag_words"}
        return {**taken, "tags": self.cleaned_data["tag_words"]}

    def _post_clean(self) -> None:
        """The instance is left alone: actions write it."""
