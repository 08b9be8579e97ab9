"""The reading list of a think club."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms import ChapterForm
from ..models import Chapter, CommunityPage
from ..permissions import can_moderate
from .finding import find_community
from .frame import frame


def chapters_of(community: CommunityPage) -> list[Chapter]:
    rows = Chapter.objects.filter(community=community).select_related("discussion", "community")
    found = list(rows.order_by("sort_order", "pk"))
    for chapter in found:
        if chapter.discussion and not chapter.discussion.is_standing:
            chapter.discussion = None
    return found


def next_chapter(chapters: list[Chapter], today: date) -> Chapter | None:
    """What is read now: the first whose day is to come, else the first without day and discussion."""
    ahead = [chapter for chapter in chapters if chapter.discussed_on and chapter.discussed_on >= today]
    if ahead:
        return min(ahead, key=lambda chapter: chapter.discussed_on or today)
    return next((one for one in chapters if not one.discussed_on and not one.discussion_id), None)


@require_http_methods(["GET", "POST"])
def community_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The list; who looks after it adds to it below."""
    community = find_community(request, pk)
    may_keep = can_moderate(request.user, community)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    form = ChapterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_chapter(community=community, by=request.user, **form.values())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("It stands on the reading list."))
            return redirect("community_reading", pk=community.pk)
    chapters = chapters_of(community)
    context = frame(request, community, "reading") | {
        "form": form,
        "chapters": chapters,
        "next": next_chapter(chapters, timezone.localdate()),
        "may_keep": may_keep,
    }
    return render(request, "communities/reading.html", context, status=400 if form.errors else 200)


def _chapter(request: HttpRequest, pk: int, chapter_pk: int) -> Chapter:
    """For those who look after the list. Raises Http404, PermissionDenied."""
    community = find_community(request, pk)
    if not can_moderate(request.user, community):
        raise PermissionDenied
    return get_object_or_404(Chapter.objects.select_related("community"), pk=chapter_pk, community=community)


@require_http_methods(["GET", "POST"])
def chapter_edit(request: HttpRequest, pk: int, chapter_pk: int) -> HttpResponse:
    chapter = _chapter(request, pk, chapter_pk)
    form = ChapterForm(request.POST or None, instance=chapter)
    if request.method == "POST" and form.is_valid():
        actions.edit_chapter(chapter=chapter, by=request.user, **form.values())
        messages.success(request, _("Kept."))
        return redirect("community_reading", pk=pk)
    context = {"community": chapter.community, "chapter": chapter, "form": form}
    return render(request, "communities/chapter.html", context, status=400 if form.errors else 200)


@require_POST
def chapter_move(request: HttpRequest, pk: int, chapter_pk: int) -> HttpResponse:
    chapter = _chapter(request, pk, chapter_pk)
    actions.move_chapter(chapter=chapter, by=request.user, up=request.POST.get("to") == "up")
    return redirect("community_reading", pk=pk)


@require_POST
def chapter_remove(request: HttpRequest, pk: int, chapter_pk: int) -> HttpResponse:
    actions.remove_chapter(chapter=_chapter(request, pk, chapter_pk), by=request.user)
    messages.success(request, _("It is off the list; what was said about it is still there."))
    return redirect("community_reading", pk=pk)


@require_POST
def chapter_discuss(request: HttpRequest, pk: int, chapter_pk: int) -> HttpResponse:
    community = find_community(request, pk)
    rows = Chapter.objects.select_related("community")
    chapter = get_object_or_404(rows, pk=chapter_pk, community=community)
    discussion = actions.discuss_chapter(chapter=chapter, by=request.user)
    return redirect(discussion.get_absolute_url())
