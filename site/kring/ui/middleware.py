"""Sign-in by default, and the person's language, zone and theme."""

import zoneinfo
from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    """Everything wants a signed-in person, except views marked `login_not_required` and allauth's own."""

    def process_view(self, request, view_func, view_args, view_kwargs):  # type: ignore[no-untyped-def]
        if request.path.startswith("/accounts/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


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
        if inside and request.user.is_authenticated and not request.user.has_perm("people.read_everything"):
            raise PermissionDenied
        response = self.get_response(request)
        if inside:
            # Wagtail's own pages hold inline scripts and styles.
            response._csp_update = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]}
        return response
