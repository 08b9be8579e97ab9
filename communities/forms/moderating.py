"""What moderators keep at hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import ModelForm

from ..models import CannedReply, WordRule


class CannedReplyForm(ModelForm):
    class Meta:
        model = CannedReply
        fields = ["title", "text", "language"]
        labels = {"title": _("Called"), "text": _("Text"), "language": _("Written in")}
        help_texts = {"title": _("You choose it by this; whoever reads the reply doesn't see it.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="reply_%s", **kwargs)

    def _post_clean(self) -> None:
        """Actions write it."""


class WordRuleForm(ModelForm):
    class Meta:
        model = WordRule
        fields = ["phrase", "then", "newcomers_only", "why"]
        labels = {"newcomers_only": _("Only for newcomers")}
        help_texts = {
            "phrase": _("Whole words. Capitals and accents don't count."),
            "why": _("Where it is not taken: “Call it by its new name: the supplier portal.”"),
        }
        widgets = {"then": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="word_%s", **kwargs)
        self.fields["then"].choices = WordRule.Then.choices

    def _post_clean(self) -> None:
        """Actions write it."""
