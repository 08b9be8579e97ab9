"""Communities in Wagtail: served by our own views."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from .models import CommunitiesPage, CommunityPage
from .views import communities, serve_community


@hooks.register("before_serve_page")
def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Models know no views: what Wagtail found at an address is drawn here."""
    if isinstance(page, CommunityPage):
        return serve_community(request, page)
    if isinstance(page, CommunitiesPage):
        return communities(request)
    return None
