"""Asking to be let in, answering who asks, and inviting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form

from .members import PersonForm


class RequestForm(Form):
    message = forms.CharField(
        label=_("What brings you here?"),
        max_length=1000,
        required=False,
        help_text=_("A line or two for those who look after it: what you do, and what you hope to find."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(Form):
    outcome = forms.ChoiceField(choices=[("accept", _("Let them in")), ("decline", _("Decline"))])
    answer = forms.CharField(
        label=_("A word with it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class InviteForm(PersonForm):
    message = forms.CharField(
        label=_("A line with it"),
        max_length=500,
        required=False,
        help_text=_("Why them? “You know more about contracts than all of us.”"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class InvitationForm(Form):
    answer = forms.ChoiceField(choices=[("accept", _("Accept")), ("decline", _("Decline"))])
