"""One's own settings."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.i18n import set_language

from .. import actions
from ..forms.settings import PreferencesForm


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Language, theme, time zone."""
    user: Any = request.user
    initial = {"language": user.language, "theme": user.theme, "time_zone": user.time_zone}
    form = PreferencesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(person=user, by=user, values=form.cleaned_data)
        with translation.override(user.language or translation.get_language()):
            messages.success(request, _("Your settings are kept."))
        return redirect("settings")
    return render(request, "people/settings.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """The switch in the footer: kept with one's account, or with the browser of who is not signed in."""
    user: Any = request.user
    language = request.POST.get("language")
    if user.is_authenticated and language in dict(site.LANGUAGES):
        actions.set_preferences(person=user, by=user, values={"language": language})
    return set_language(request)


@require_GET
def sign_in_settings(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context = {
        "has_password": user.has_usable_password(),
        "password_off": site.OIDC_ONLY,
        "second_step": is_mfa_enabled(user),
        "passkeys": "webauthn" in site.MFA_SUPPORTED_TYPES,
        "company": site.OIDC_NAME if site.OIDC_ISSUER else "",
    }
    return render(request, "people/sign_in_settings.html", context)
