"""What allauth asks of this site: who may make an account, in which words and language it speaks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ..models import User


def trust_known_address(user: User) -> None:
    """Count the address as confirmed for an account that nobody signed up for.

    Those come from the command line, an import or an administrator; signing up always leaves a row.
    """
    if not EmailAddress.objects.filter(user=user).exists():
        EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)


def domain_is_open(email: str) -> bool:
    """Whether an address at this domain may make an account without an invitation."""
    return email.rpartition("@")[2].lower() in settings.SIGNUP_DOMAINS


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of this site: by e-mail, open by domain only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask an administrator to open it again."),
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Check both, or choose a new password."
        ),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Take the newest one from your app."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes and try again."),
        "rate_limited": _("That was tried too often. Wait a minute and try again."),
        "same_as_current": _("This is what it is already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGNUP_DOMAINS) and not settings.OIDC_ONLY

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data["name"]
        user.language = translation.get_language() or ""
        return super().save_user(request, user, form, commit)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        return None if settings.OIDC_ONLY else super().authenticate(request, **credentials)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        if user is not None:
            trust_known_address(user)
        return super().pre_login(request, user, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language of the account, else that of the page."""
        user = User.objects.filter(email__iexact=email, is_active=True).only("language").first()
        language = (user and user.language) or translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            super().send_mail(template_prefix, email, {**context, "site_name": settings.SITE_NAME})


class CompanyAccountAdapter(DefaultSocialAccountAdapter):
    """The company's own issuer says who works there; what counts is the address it has verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return any(address.verified for address in sociallogin.email_addresses)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, data)
        parts = [data.get("first_name") or "", data.get("last_name") or ""]
        name = data.get("name") or " ".join(filter(None, parts)) or (data.get("email") or "").split("@")[0]
        user.name = name[:150]
        return user

    def authenticate_by_email(self, sociallogin: Any) -> Any:
        found = super().authenticate_by_email(sociallogin)
        if found:
            trust_known_address(found[0])
        return found


class TwoStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Take the newest one from your app."),
        "unverified_email": _("Confirm your e-mail address first; then come back here."),
    }

    def _get_site_name(self) -> str:
        return settings.SITE_NAME
