"""How notifications reach a person by mail."""

from typing import Any

from django import forms

from kring.ui.forms import Form

from .kinds import groups
from .models import NotificationPreference


class DeliveryForm(Form):
    """A choice for each group of kinds. `chosen` maps group to delivery, or None for the usual one."""

    def __init__(self, *args: Any, chosen: dict[str, str | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group, kind in groups().items():
            self.fields[group] = forms.ChoiceField(
                label=kind.label,
                choices=NotificationPreference.Delivery.choices,
                initial=chosen.get(group) or NotificationPreference.usual(kind),
                widget=forms.Select(attrs={"class": "field__input"}),
            )

    def deliveries(self) -> dict[str, str]:
        return dict(self.cleaned_data)
