"""Lessons and articles in Wagtail: served by our own view, and edited in the administration."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from communities.models import CommunityPage

from .models import ArticlePage, LessonPage
from .views import serve_wiki_page


@hooks.register("before_serve_page")
def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Models know no views: what Wagtail found at an address is drawn here."""
    if isinstance(page, (LessonPage, ArticlePage)):
        return serve_wiki_page(request, page)
    return None


@hooks.register("after_move_page")
def follow(request: HttpRequest, page: Page) -> None:
    """A page that was moved belongs to the community above it from then on, with all that stands under it."""
    community = CommunityPage.objects.ancestor_of(page).first()
    for model in (LessonPage, ArticlePage):
        for moved in model.objects.descendant_of(page, inclusive=True).exclude(community=community):
            moved.community = community
            moved.save(clean=False)
