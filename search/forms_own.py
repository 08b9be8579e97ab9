"""A saved search: its name, and what its person wants to hear."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form

from .models import SavedSearch


class SavedSearchForm(Form):
    """For a new one, or for one that stands already."""

    name = forms.CharField(label=_("What you call it"), max_length=200, required=False)
    alert = forms.ChoiceField(
        label=_("What you want to hear"),
        choices=SavedSearch.Alert.choices,
        widget=forms.Select(attrs={"class": "field__input"}),
    )

    def __init__(self, *args: Any, saved: SavedSearch | None = None, **kwargs: Any) -> None:
        self.saved = saved
        if saved:
            kwargs |= {
                "initial": {"name": saved.name, "alert": saved.alert},
                "auto_id": f"saved-{saved.pk}-%s",
            }
        super().__init__(*args, **kwargs)
        # A new one is called by its words.
        self.fields["name"].required = saved is not None
