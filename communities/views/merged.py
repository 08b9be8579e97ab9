"""Addresses with the number of a community that became part of another lead there, for who may read that."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ..models import CommunityPage
from ..permissions import can_read_community

View = Callable[..., HttpResponse]


def present_place(user: Any, pk: int) -> CommunityPage | None:
    """What the community with this number is part of now, as far as this person reads it."""
    old = CommunityPage.objects.filter(pk=pk, live=False).select_related("merged_into").first()
    found = old.merged_into if old else None
    return found if found and found.live and can_read_community(user, found) else None


def leads_on(view: View) -> View:
    """For views of ("communities/<number:pk>/…"): what would not be there is looked for in its new place."""

    @wraps(view)
    def lead(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        try:
            return view(request, pk=pk, **more)
        except Http404:
            place = present_place(request.user, pk) if request.method == "GET" else None
            match = request.resolver_match
            if place is None or match is None:
                raise
            address = reverse(match.view_name, kwargs={"pk": place.pk, **more})
            query = request.META["QUERY_STRING"]
            return redirect(f"{address}?{query}" if query else address)

    return lead
