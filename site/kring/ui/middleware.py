"""Sign-in by default, and the person's language, zone and theme."""

import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlparse

from csp.constants import UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from .views import session_expired

ADMINISTRATION = ("people.read_everything", "wagtailadmin.access_admin")
# Views of allauth for people who are not signed in, which it does not mark as such.
SIGNED_OUT = {"mfa_login_webauthn", "socialaccount_login_error"}


def drop_zero_bytes(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Nobody types a zero byte, and PostgreSQL refuses texts with one: it is left out of the query."""

    def middleware(request: HttpRequest) -> Any:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return get_response(request)

    return middleware


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

    So it is for those alone who may read everything, whatever else they were allowed there. Others are told
    so at once: Wagtail would send them to sign in, and signing in would send them back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inside = request.path.startswith(reverse("wagtailadmin_home"))
        if request.path == reverse("wagtailadmin_login"):
            # Wagtail's own door knows no second step and no limit on attempts.
            return redirect_to_login(request.GET.get("next") or reverse("wagtailadmin_home"))
        if inside and request.user.is_authenticated and not request.user.has_perms(ADMINISTRATION):
            raise PermissionDenied
        response: Any = self.get_response(request)
        if inside:
            # Wagtail's own pages hold inline scripts and styles.
            response._csp_update = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]}
        return response


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Leads from an address that a page once had to its present one, as far as the reader may read the page.

    The present address holds the title: of a page that is not there for the reader it would tell both.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        if answer is response or all(_may_read(request.user, page) for page in _pages_once_at(request)):
            return answer
        return response


def _pages_once_at(request: HttpRequest) -> list[Page]:
    """The same addresses as Wagtail looks up: with the query and without, decoded and not."""
    full = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    paths = {full, urlparse(full).path}
    paths |= {uri_to_iri(path) for path in paths}
    found = Redirect.objects.filter(old_path__in=paths, redirect_page__isnull=False)
    return [one.redirect_page.specific for one in found.select_related("redirect_page")]


def _may_read(user: Any, page: Page) -> bool:
    """Models whose pages are not for everybody have `visible_to()` on their querysets."""
    visible_to = getattr(type(page)._default_manager, "visible_to", None)
    return page.live and (visible_to is None or visible_to(user).filter(pk=page.pk).exists())
