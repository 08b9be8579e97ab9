"""Finding people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form

from .fields import LANGUAGE_NAMES, TeamField


class DirectoryForm(Form):
    """Filters of the directory; what it does not know is left out, never an error."""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    team = TeamField(label=_("Team"), required=False, empty_label=_("all teams"))
    location = forms.ChoiceField(label=_("Location"), required=False)
    language = forms.ChoiceField(label=_("Speaks"), required=False)
    skill = forms.CharField(label=_("Skill"), required=False, max_length=200)
    direction = forms.ChoiceField(
        label=_("They"),
        required=False,
        choices=[
            ("", _("offer or want it")),
            ("offers", _("can help with it")),
            ("wants", _("want to learn it")),
        ],
    )
    new = forms.BooleanField(label=_("New here"), required=False)

    def __init__(self, data: Any, *, locations: list[str], languages: list[str]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["location"].choices = [("", _("everywhere")), *((one, one) for one in locations)]
        fields["language"].choices = [
            ("", _("any language")),
            *((code, LANGUAGE_NAMES.get(code, code)) for code in languages),
        ]

    def wanted(self) -> dict[str, Any]:
        """The valid ones that are filled in."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
