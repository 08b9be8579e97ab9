"""The directory of communities."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..models import CommunityPage
from ..permissions import can_read_community
from ..querysets import readable_communities


@require_GET
def communities(request: HttpRequest) -> HttpResponse:
    found = CommunityPage.objects.live().filter(readable_communities(request.user)).order_by("title")
    return render(request, "communities/communities.html", {"communities": found})


@require_GET
def serve_community(request: HttpRequest, page: CommunityPage) -> HttpResponse:
    """Draw the community, or raise Http404 for who may not read it."""
    if not can_read_community(request.user, page):
        raise Http404
    return render(request, "communities/community.html", {"community": page})
