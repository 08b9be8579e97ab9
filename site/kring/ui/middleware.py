"""Sign-in by default, and the person's language, zone and theme."""

import zoneinfo
from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from .views import session_expired

# Views of allauth for people who are not signed in, which it does not mark as such.
SIGNED_OUT = {"mfa_login_webauthn", "socialaccount_login_error"}


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    """Everything wants a signed-in person, except views marked `login_not_required`.

    Who sends something after the session ended gets what they typed back, with a way to sign in beside it.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):  # type: ignore[no-untyped-def]
        if request.resolver_match.url_name in SIGNED_OUT:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):  # type: ignore[no-untyped-def]
        if request.path.startswith("/api/") or _wants_json(request):
            return HttpResponse(status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return session_expired(request)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


class PreferencesMiddleware:
    """Language and time zone of the signed-in person; of the browser otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        zone = (user.is_authenticated and user.time_zone) or settings.TIME_ZONE
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


class AdministrationMiddleware:
    """Wagtail's administration shows titles of private pages in its choosers and search.

    So it is for those alone who may read everything, whatever else they were allowed there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inside = request.path.startswith(reverse("wagtailadmin_home"))
        if request.path == reverse("wagtailadmin_login"):
            # Wagtail's own door knows no second step and no limit on attempts.
            return redirect_to_login(request.GET.get("next") or reverse("wagtailadmin_home"))
        if inside and request.user.is_authenticated and not request.user.has_perm("people.read_everything"):
            raise PermissionDenied
        response = self.get_response(request)
        if inside:
            # Wagtail's own pages hold inline scripts and styles.
            response._csp_update = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]}
        return response
