"""Lessons and articles in Wagtail: served by our own view, and edited in the administration."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from .models import ArticlePage, LessonPage
from .views import serve_wiki_page


@hooks.register("before_serve_page")
def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Models know no views: what Wagtail found at an address is drawn here."""
    if isinstance(page, (LessonPage, ArticlePage)):
        return serve_wiki_page(request, page)
    return None
