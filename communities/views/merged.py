"""Addresses with the number of a community that became part of another lead there, for who may read that."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ..permissions import place_now

View = Callable[..., HttpResponse]


def leads_on(view: View) -> View:
    """For views of ("communities/<number:pk>/…"): what would not be there is looked for in its new place."""

    @wraps(view)
    def lead(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        try:
            return view(request, pk=pk, **more)
        except Http404:
            place = place_now(request.user, pk) if request.method == "GET" else None
            match = request.resolver_match
            if place is None or match is None:
                raise
            address = reverse(match.view_name, kwargs={"pk": place.pk, **more})
            query = request.META["QUERY_STRING"]
            return redirect(f"{address}?{query}" if query else address)

    return lead
