"""How notifications reach a person by mail."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form

from .kinds import groups
from .models import NotificationPreference

SHORTEST_DAY = timedelta(hours=1)


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


class QuietForm(Form):
    """When no mail comes. Times are in the person's own zone; across midnight works."""

    begins = forms.TimeField(
        label=_("No mail from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    weekends = forms.BooleanField(label=_("Not at weekends"), required=False)

    def clean(self) -> dict[str, Any]:
        """Both times or none, with room for mail between them."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        begins, ends = given.get("begins"), given.get("ends")
        if begins and not ends:
            self.add_error("ends", gettext("Until when? Give both times, or leave both empty."))
        elif ends and not begins:
            self.add_error("begins", gettext("From when? Give both times, or leave both empty."))
        elif begins and ends and _room_for_mail(begins, ends) < SHORTEST_DAY:
            self.add_error(
                "ends",
                gettext(
                    "Leave at least an hour of the day in which mail may come. To get none, choose so above."
                ),
            )
        return given


def _room_for_mail(begins: Any, ends: Any) -> timedelta:
    """From the end of the quiet time to its next beginning."""
    if begins == ends:
        return timedelta()
    day = datetime(2000, 1, 1)
    return (datetime.combine(day, begins) - datetime.combine(day, ends)) % timedelta(days=1)
