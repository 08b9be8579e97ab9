"""What is asked before something becomes of a conversation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("What is still missing?"),
        max_length=500,
        help_text=_("For example: “That works for new suppliers, and not for those we had already.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
