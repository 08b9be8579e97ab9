"""allauth's forms with the labels, help and classes of this site."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import StyledForm

from ..actions.signing_in import domain_is_open, trust_known_address

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
CODE = _("Code")


def password_help() -> str:
    return gettext("At least 10 characters. A sentence of four words is easier to remember than a riddle.")


password_help_lazy = lazy(password_help, str)


class _Worded(StyledForm):
    """Takes placeholders away, which repeat the label, and puts our words in their place."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class LoginForm(_Worded, account.LoginForm):
    labels = {"login": EMAIL, "password": PASSWORD}


class SignupForm(_Worded, account.SignupForm):
    labels = {"email": EMAIL, "name": _("Your name"), "password1": PASSWORD}
    helps = {"password1": password_help_lazy(), "name": _("As colleagues know you")}
    name = forms.CharField(max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    field_order = ["email", "name", "password1"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if not domain_is_open(email):
            domains = ", ".join(settings.SIGNUP_DOMAINS)
            raise forms.ValidationError(
                gettext("Use your address at %(domains)s, or ask for an invitation.") % {"domains": domains}
            )
        return super().clean_email()

    def try_save(self, request: Any) -> Any:
        if self.account_already_exists:
            # Takes as long as for a new address, so that time tells nothing.
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ResetPasswordForm(_Worded, account.ResetPasswordForm):
    labels = {"email": EMAIL}

    def save(self, request: Any, **kwargs: Any) -> str:
        for user in self.users:
            trust_known_address(user)
        return super().save(request, **kwargs)


class _Once(_Worded):
    """A new password is asked once: a manager of passwords, or the eye, shows what was typed."""

    labels = {"password1": NEW_PASSWORD, "oldpassword": _("Present password")}
    helps = {"password1": password_help_lazy()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)  # type: ignore[attr-defined]


class ResetPasswordKeyForm(_Once, account.ResetPasswordKeyForm):
    def clean(self) -> dict[str, Any]:
        return forms.Form.clean(self) or self.cleaned_data


class ChangePasswordForm(_Once, account.ChangePasswordForm):
    def clean(self) -> dict[str, Any]:
        return forms.Form.clean(self) or self.cleaned_data


class SetPasswordForm(_Once, account.SetPasswordForm):
    def clean(self) -> dict[str, Any]:
        return forms.Form.clean(self) or self.cleaned_data


class ReauthenticateForm(_Worded, account.ReauthenticateForm):
    labels = {"password": PASSWORD}


class AddEmailForm(_Worded, account.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class CompanySignupForm(_Worded, social.SignupForm):
    labels = {"email": EMAIL, "name": _("Your name")}
    name = forms.CharField(max_length=150)


class CodeForm(_Worded, mfa.AuthenticateForm):
    labels = {"code": CODE}
    helps = {"code": _("Six digits from your app, or one of your recovery codes")}


class CodeAgainForm(_Worded, mfa.ReauthenticateForm):
    labels = {"code": CODE}
    helps = {"code": _("Six digits from your app, or one of your recovery codes")}


class ActivateTOTPForm(_Worded, totp.ActivateTOTPForm):
    labels = {"code": _("Code from the app")}
    helps = {"code": _("Six digits, new every half minute")}


class AddPasskeyForm(_Worded, webauthn.AddWebAuthnForm):
    labels = {"name": _("Name of this passkey"), "passwordless": _("Use it instead of my password")}
    helps = {
        "name": _("So that you recognise it: “my laptop”, “blue key”"),
        "passwordless": _("Asks for your finger, face or PIN as well"),
    }


class EditPasskeyForm(_Worded, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of this passkey")}
