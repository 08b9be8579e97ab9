"""Questions and discussions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from ..models import Discussion


@require_GET
def discussions(request: HttpRequest) -> HttpResponse:
    found = Discussion.objects.visible_to(request.user).for_list()[:50]
    return render(request, "communities/discussions.html", {"discussions": found})


@require_GET
def discussion(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found = get_object_or_404(Discussion.objects.visible_to(request.user), pk=pk)
    return render(request, "communities/discussion.html", {"discussion": found})


@require_GET
def discussion_new(request: HttpRequest) -> HttpResponse:
    return redirect("discussions")
