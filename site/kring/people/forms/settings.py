"""One's own settings, and taking oneself out of the site."""

import zoneinfo
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.ui.forms import Form

from ..models import User


@cache
def time_zones() -> list[tuple[str, str]]:
    """Places people know, by continent; no abbreviations."""
    names = sorted(
        name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/")
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class PreferencesForm(Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    theme = forms.ChoiceField(
        label=gettext_lazy("Light or dark"),
        required=False,
        choices=User.Theme.choices,
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        help_text=gettext_lazy("All times on the site are shown in it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["language"].choices = [("", _("as my browser says")), *settings.LANGUAGES]
        site = _("as the organisation: %(zone)s") % {"zone": settings.TIME_ZONE}
        fields["time_zone"].choices = [("", site), *time_zones()]


class ErasureForm(Form):
    """The address typed in full; a password too where there is one."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the account"),
        help_text=gettext_lazy("Type it in full, so that this does not happen by accident."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: User, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.by = person, by
        if not by.has_usable_password():
            del self.fields["password"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email.lower() != self.person.email.lower():
            raise forms.ValidationError(_("This is not the address of this account."))
        return email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.by.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
