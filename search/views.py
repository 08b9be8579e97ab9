"""The page with results, and the results that appear under the search box while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from kring.indexing.registry import audience_of

from .engines import Query, current_engine
from .text import clean

SUGGESTIONS = 8


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    words = clean(request.GET.get("q", ""))
    results = current_engine().search(Query(words, audience_of(request.user)))
    return render(request, "search/search.html", {"words": words, "results": results})


@require_GET
@cache_control(private=True, no_store=True)
def suggest(request: HttpRequest) -> HttpResponse:
    words = clean(request.GET.get("q", ""))
    query = Query(words, audience_of(request.user), per_page=SUGGESTIONS, while_typing=True)
    return render(
        request, "search/suggestions.html", {"words": words, "results": current_engine().search(query)}
    )
