"""What is asked before something becomes of a conversation."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.conversations.models import Comment
from kring.ui.forms import Form
from kring.ui.richtext.text import excerpt

from ..models import CommunityPage, Discussion
from ..permissions import can_merge_into

NUMBER = re.compile(r"(?:^|/discussions/)([0-9]{1,17})(?:/|$)")
ELSEWHERE = "0"
WORDS = 24


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("What is still missing?"),
        max_length=500,
        help_text=_("For example: “That works for new suppliers, and not for those we had already.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(Form):
    resolution = forms.CharField(
        label=_("What came of it?"),
        max_length=500,
        required=False,
        help_text=_("It stands above the conversation. For example: “We use form B from now on.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(Form):
    community = forms.ModelChoiceField(
        CommunityPage.objects.none(),
        label=_("To which community?"),
        empty_label=_("Choose one"),
        help_text=_("Those that you look after."),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = places


class MergeForm(Form):
    """One of the likely ones, or another by its address."""

    choice = forms.ChoiceField(label=_("Which question is it the same as?"), widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Address of the other question"),
        required=False,
        max_length=500,
        help_text=_("As it stands in the browser when you look at it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, duplicate: Discussion, likely: Iterable[Discussion], into: str = "", **kwargs: Any
    ) -> None:
        """into: the number of the one that is chosen already."""
        super().__init__(*args, **kwargs)
        self.duplicate = duplicate
        found = [(str(one.pk), one.title) for one in likely]
        self.fields["address"].needed_at_times = True  # type: ignore[attr-defined]
        self.fields["choice"].choices = [*found, (ELSEWHERE, _("Another one, with this address:"))]
        if into in dict(found):
            self.fields["choice"].initial = into
        elif into or not found:
            self.fields["choice"].initial = ELSEWHERE
            self.fields["address"].initial = into

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        choice = cleaned.get("choice")
        if choice is None:
            return cleaned
        if choice == ELSEWHERE:
            given = NUMBER.search(cleaned.get("address", "").strip())
            choice = given[1] if given else "0"
        other = Discussion.objects.filter(pk=int(choice)).first()
        if other is None or not can_merge_into(self.duplicate, other):
            problem = gettext("Give the address of another question of this community.")
            self.add_error("address", ValidationError(problem))
        cleaned["into"] = other
        return cleaned


class SplitForm(Form):
    comment = forms.ModelChoiceField(
        Comment.objects.none(),
        label=_("With what does it begin?"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("What was replied to it goes along."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"class": "field__input--title"})
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=[
            (Discussion.Kind.DISCUSSION, _("A discussion: replies are comments")),
            (Discussion.Kind.QUESTION, _("A question: replies are answers")),
        ],
        initial=Discussion.Kind.DISCUSSION,
    )

    def __init__(self, *args: Any, comments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].queryset = comments
        self.fields["comment"].label_from_instance = _beginning


def _beginning(comment: Comment) -> str:
    return f"{comment.name or gettext('Somebody')}: {excerpt(comment.body, WORDS)}"
