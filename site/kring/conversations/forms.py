"""What is typed into a conversation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form, ModelForm

from .models import Comment, Report


class CommentForm(ModelForm):
    """A comment, an answer or a reply; the caller says how its field is called."""

    class Meta:
        model = Comment
        fields = ["body"]

    def __init__(self, *args: Any, label: Any = "", help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        field.label = label or field.label
        field.help_text = help_text

    def _post_clean(self) -> None:
        """The instance is left alone: actions write it."""


PACES = {
    0: _("Not at all"),
    60: _("One minute"),
    300: _("Five minutes"),
    900: _("A quarter of an hour"),
    3600: _("An hour"),
}


class PaceForm(Form):
    """Whether a conversation is closed, and how fast it goes."""

    locked = forms.BooleanField(
        label=_("Close the conversation"),
        required=False,
        help_text=_("Everybody who reads it now still can; nobody adds anything."),
    )
    slow_mode_seconds = forms.TypedChoiceField(
        label=_("How long does somebody wait between two comments?"),
        choices=list(PACES.items()),
        coerce=int,
        help_text=_("Slowing down helps when it gets heated. It doesn't hold for those who look after it."),
    )


class ReportForm(Form):
    """What is wrong with it, in a word and in a line."""

    reason = forms.ChoiceField(
        label=_("What is the matter?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Anything to add?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Those who look after the place read it. Whoever wrote this does not learn who reported it."
        ),
    )


class AppealForm(Form):
    text = forms.CharField(
        label=_("What should another moderator know?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You can ask this once. Somebody who did not decide it looks again."),
    )


class AnswerForm(Form):
    answer = forms.CharField(
        label=_("Your answer"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LetterForm(Form):
    text = forms.CharField(label=_("Your letter"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class OpeningForm(Form):
    reason = forms.CharField(
        label=_("Why do you have to know?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A second lead reads it and agrees, or not. The person is told, and it stays on the list."
        ),
    )
