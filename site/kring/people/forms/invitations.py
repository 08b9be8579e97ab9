"""Inviting, and accepting an invitation."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form

from ..models import User
from .signing_in import password_help_lazy


class InvitationForm(Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    as_guest = forms.BooleanField(
        label=_("As a guest"),
        required=False,
        help_text=_("From outside: sees only the communities they are a member of"),
    )


class AcceptForm(Form):
    """Name, password, language. `email` is that of the invitation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As colleagues know you"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=password_help_lazy(),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Your language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "password" in values:
            try:
                validate_password(values["password"], User(email=self.email, name=values.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values
