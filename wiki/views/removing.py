"""Unpublishing, publishing again and deleting, each after a question."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..models import ArticlePage, LessonPage
from ..permissions import can_read, can_withdraw
from .reading import find_page


def _withdrawable(request: HttpRequest, pk: int) -> LessonPage | ArticlePage:
    page = find_page(pk)
    if not can_read(request.user, page):
        raise Http404
    if not can_withdraw(request.user, page):
        raise PermissionDenied
    return page


@require_http_methods(["GET", "POST"])
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    page = _withdrawable(request, pk)
    if request.method == "POST":
        actions.unpublish_page(by=request.user, page=page)
        messages.success(request, _("It is unpublished. Only its editors see it now."))
        return redirect("wiki_page", pk=page.pk)
    return render(request, "wiki/unpublish.html", {"page": page})


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    page = _withdrawable(request, pk)
    actions.publish_page(by=request.user, page=page)
    messages.success(request, _("It is published again."))
    return redirect("wiki_page", pk=page.pk)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    page = _withdrawable(request, pk)
    below = page.get_children().count()
    if request.method == "POST":
        try:
            actions.delete_page(by=request.user, page=page)
        except actions.PagesBelowError:
            return render(request, "wiki/delete.html", {"page": page, "below": below}, status=409)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": page.title})
        return redirect("lessons" if isinstance(page, LessonPage) else "articles")
    return render(request, "wiki/delete.html", {"page": page, "below": below})
