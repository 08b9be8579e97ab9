"""The page with results, and the results that appear under the search box while somebody types."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from kring.indexing.registry import audience_of, searchables
from kring.ui.afterwards import afterwards
from kring.ui.navigation import entries

from .actions.recent import keeps_searches, remember_search
from .actions.saving import LONGEST_NAME
from .alike import close_to
from .asked import count_afterwards, fetched_ahead, opened, opening_token
from .engines import Query, Results
from .engines.base import DEEPEST
from .forms import Asked, read
from .forms_own import SavedSearchForm
from .knowing import people_who_know
from .models import RecentSearch, SavedSearch
from .pinning import put_first
from .results import NotReadyError, UnavailableError, find
from .showing import PERSON, Option, by_kind, cards_of, facets_of, groups_of, varied
from .similar import similar
from .synonyms import thesaurus
from .text import clean, take_apart
from .text import words as fold_all
from .thesaurus import names_of, read_as

PAGE_SIZE = 20
IN_OVERVIEW = 30
CLOSE_SHOWN = 5
ALSO_SHOWN = 8
NEAREST_SHOWN = 3
WORDS_TRIED = 6
NEWEST_SHOWN = 6
SUGGESTED = 8
RECENT_SHOWN = 8
# More are fetched, so that not all of them are of one kind.
SUGGESTED_FROM = 24


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """?q= is answered by an overview of the best of each kind, or by one list in pages."""
    if tidy := _tidied(request):
        return redirect(tidy)
    user: Any = request.user
    reading = read(request.GET, user)
    asked = reading.asked
    context: dict[str, Any] = {"asked": asked, "reading": reading, **_ways(request.user, asked)}
    context["opening"] = opening_token(request, asked)
    template, status = "search/results.html", 200
    try:
        if asked == Asked():
            template = "search/start.html"
            context |= _start(user)
        else:
            context |= _overview(user, asked) if asked.is_overview else _list(user, asked)
            context |= _saving(user, asked)
    except NotReadyError:
        template = "search/not_ready.html"
    except UnavailableError:
        template, status = "search/unavailable.html", 503
    results = context.get("results")
    if results is not None:
        put_first(request.user, asked, context)
    response = render(request, template, context, status=status)
    if results is not None:
        count_afterwards(request, response, asked, found=bool(results.total))
    if asked.words and results is not None and not fetched_ahead(request):
        afterwards(response, lambda: remember_search(asked=asked, by=user))
    return response


def _tidied(request: HttpRequest) -> str:
    """The address without what a form sent empty, as it is kept and shared; "" where it is so already."""
    left = [(name, value) for name, values in request.GET.lists() for value in values if value]
    if len(left) == sum(len(values) for _name, values in request.GET.lists()):
        return ""
    return f"{request.path}?{urlencode(left)}" if left else request.path


def _ways(user: Any, asked: Asked) -> dict[str, str]:
    """Addresses of what helps when nothing did: asking, with the words filled in, and sharing a lesson."""
    found = {entry.url_name: entry.url for entry in entries("create", user)}
    filled = {"title": asked.words} if asked.words else {}
    if len(asked.communities) == 1:
        filled["community"] = asked.communities[0]
    ask = found.get("discussion_new", "")
    return {"ask_url": ask and f"{ask}?{urlencode(filled)}", "share_url": found.get("lesson_new", "")}


def _start(user: Any) -> dict[str, Any]:
    """How many there are of each kind, and what was written last."""
    told = tuple(kind for kind in searchables() if kind not in {PERSON, "community"})
    query = Query("", audience_of(user), kinds=told, per_page=NEWEST_SHOWN, facets=("kind",))
    results = find(user, query)
    kinds = [facet.options for facet in facets_of(user, Asked(), results)]
    return {
        "newest": cards_of(user, results.hits),
        "kinds": kinds[0] if kinds else [],
        "recent": _recent(user)[:RECENT_SHOWN],
        "keeps": keeps_searches(user),
    }


def _saving(user: Any, asked: Asked) -> dict[str, Any]:
    """Whether it is saved already, in this order or that of the best, and the form to save it."""
    query, plain = (one.address().removeprefix("?") for one in (asked, replace(asked, sort="relevance")))
    saved = SavedSearch.objects.filter(user=user, query__in={query, plain}).order_by("-query").first()
    form = SavedSearchForm(initial={"name": asked.words[:LONGEST_NAME], "alert": SavedSearch.Alert.NEW})
    return {"saved": saved, "save_form": form, "save_query": query}


def _recent(user: Any) -> list[RecentSearch]:
    return list(RecentSearch.objects.filter(user=user).order_by("-at", "-pk"))


def _overview(user: Any, asked: Asked) -> dict[str, Any]:
    query = asked.query(audience_of(user), per_page=IN_OVERVIEW)
    results = find(user, query)
    cards = cards_of(user, results.hits, results.mark)
    context = _frame(user, asked, results)
    context["groups"] = groups_of(cards, asked, results)
    if results.total:
        context["people"] = people_who_know(user, query, cards if results.exact else [])
    return context


def _list(user: Any, asked: Asked) -> dict[str, Any]:
    query = asked.query(audience_of(user), per_page=PAGE_SIZE, page=max(asked.page, 1))
    results = find(user, query)
    page = Paginator(range(min(results.total, DEEPEST)), PAGE_SIZE).get_page(query.page)
    if page.number != query.page:
        results = find(user, replace(query, page=page.number))
    return {
        **_frame(user, asked, results),
        "cards": cards_of(user, results.hits, results.mark),
        "page": page,
        "query": asked.address().removeprefix("?"),
    }


def _frame(user: Any, asked: Asked, results: Results) -> dict[str, Any]:
    """What stands around the results."""
    facets = facets_of(user, asked, results)
    context: dict[str, Any] = {
        "results": results,
        "instead": _instead(asked, results),
        "also": _also(asked, results),
        "facets": facets,
        "chosen": [option for facet in facets for option in facet.options if option.chosen],
        "sorts": _sorts(asked),
        "people_url": asked.address(kinds=(PERSON,)),
        "one_list_url": asked.address(page=1),
        "newest_url": asked.address(sort="newest"),
        "all_url": asked.everything().address(),
        "close": cards_of(user, results.close[:CLOSE_SHOWN], results.mark) if results.exact else [],
    }
    if asked.words and not asked.narrowed and not (results.total and results.exact):
        context["near"] = close_to(user, asked.words, but={hit.thing for hit in results.hits})
    return context if results.total else context | _near(user, asked)


def _instead(asked: Asked, results: Results) -> tuple[str, str] | None:
    """The words as they were read, where that is otherwise than typed; and the address for exactly those."""
    read = dict(results.corrections)
    typed = [(token, read.get("".join(fold_all(token)), "")) for token in asked.words.split()]
    if not results.total or not any(other for _token, other in typed):
        return None
    exact = " ".join(f'"{token}"' if other else token for token, other in typed)
    return " ".join(other or token for token, other in typed), asked.address(words=exact)


def _also(asked: Asked, results: Results) -> tuple[list[str], str] | None:
    """What means the same as words of it; and the address of the search without or, as typed, with that."""
    wanted = read_as(take_apart(asked.words), results.corrections)
    names = names_of(thesaurus().beside(wanted), wanted)[:ALSO_SHOWN]
    return (names, asked.address(as_typed=not asked.as_typed)) if names else None


def _near(user: Any, asked: Asked) -> dict[str, Any]:
    """What there would be without the filters; or else with one of the words alone."""
    if asked.narrowed:
        wider = find(user, asked.everything().query(audience_of(user), per_page=NEAREST_SHOWN, facets=()))
        return {"nearest": cards_of(user, wider.hits, wider.mark), "nearest_total": wider.total}
    single = [Asked(word, as_typed=asked.as_typed) for word in take_apart(asked.words).content[:WORDS_TRIED]]
    if len(single) < 2:
        return {}
    counted = [(one, find(user, one.query(audience_of(user), per_page=1, facets=()))) for one in single]
    return {
        "words": [
            Option(one.words, one.words, found.total, False, address=one.address())
            for one, found in counted
            if found.total
        ]
    }


def _sorts(asked: Asked) -> list[Option]:
    labels = {"relevance": _("Best first"), "newest": _("Newest first")}
    return [
        Option(value, label, 0, asked.sort == value, address=asked.address(sort=value))
        for value, label in labels.items()
    ]


@require_GET
@cache_control(private=True, no_store=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """A piece of page: the best results for words that are still typed; for none, recent searches."""
    words = clean(request.GET.get("q", ""))
    if not words:
        recent = _recent(request.user)[:RECENT_SHOWN]
        if not recent:
            return HttpResponse(status=204)
        return render(request, "search/recent.html", {"recent": recent})
    asked = Asked(words, communities=read(request.GET, request.user).asked.communities)
    try:
        query = asked.query(audience_of(request.user), per_page=SUGGESTED_FROM, while_typing=True)
        results = find(request.user, query)
    except UnavailableError:
        return HttpResponse(status=204)
    hits = varied(results.hits, SUGGESTED)
    groups = by_kind(cards_of(request.user, hits, results.mark))
    context = {"asked": asked, "groups": groups, "count": len(hits)}
    return render(request, "search/suggestions.html", context)


@require_GET
@cache_control(private=True, no_store=True)
def like_it(request: HttpRequest) -> HttpResponse:
    """A piece of page: what is like the question whose ?title= and ?body= are typed; empty for nothing.

    With ?for=lesson a lesson is typed.
    """
    try:
        cards = similar(request.user, request.GET.get("title", ""), strip_tags(request.GET.get("body", "")))
    except UnavailableError:
        cards = []
    context = {"cards": cards, "for_lesson": request.GET.get("for") == "lesson"}
    return render(request, "search/similar.html", context) if cards else HttpResponse()


@require_POST
def count_opening(request: HttpRequest) -> HttpResponse:
    """A result was opened from a page that brought this ?token."""
    try:
        opened(request.POST.get("token", ""), request.user)
    except signing.BadSignature:
        return HttpResponse(status=400)
    return HttpResponse(status=204)
