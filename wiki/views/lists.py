"""Lists of lessons and of articles."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from communities import panels
from communities.models import CommunityPage

from ..forms import Filters
from ..forms.lists import SORTS
from ..models import ArticlePage, LessonPage

PAGE_SIZE = 20
TREE_SIZE = 100
TAGS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Option:
    """A way to narrow the list, with how many would be left."""

    value: Any
    label: str
    number: int
    chosen: bool
    language: str = ""


@dataclass(slots=True)
class Branch:
    """An article of a tree with those under it."""

    article: ArticlePage
    branches: list["Branch"]


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    return _list(request, LessonPage, "wiki/lessons.html")


@require_GET
def articles(request: HttpRequest) -> HttpResponse:
    """All articles; those of one community as the tree they stand in."""
    filters = Filters.of(request.GET)
    alone = filters.without("sort") == Filters(communities=filters.communities)
    if len(filters.communities) == 1 and alone and "sort" not in request.GET:
        return _tree(request, filters)
    return _list(request, ArticlePage, "wiki/articles.html")


def _list(request: HttpRequest, model: Any, template: str) -> HttpResponse:
    filters = Filters.of(request.GET)
    if address := panels.list_now(request, filters.communities):
        return redirect(address)
    context = _frame(request, model, filters)
    found = filters.narrow(context.pop("visible"), request.user).for_list().order_by(*SORTS[filters.sort])
    context["page"] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, template, context)


def _tree(request: HttpRequest, filters: Filters) -> HttpResponse:
    if address := panels.list_now(request, filters.communities):
        return redirect(address)
    context = _frame(request, ArticlePage, filters)
    found = filters.narrow(context.pop("visible"), request.user).select_related("community").order_by("path")
    context["page"] = Paginator(found, TREE_SIZE).get_page(request.GET.get("page"))
    context["tree"] = nested(context["page"])
    return render(request, "wiki/articles.html", context)


def nested(rows: Any) -> list[Branch]:
    """Articles in order of their path as a tree; one whose parent isn't among them stands at the top."""
    top: list[Branch] = []
    line: list[Branch] = []
    for article in rows:
        branch = Branch(article, [])
        while line and not article.path.startswith(line[-1].article.path):
            line.pop()
        (line[-1].branches if line else top).append(branch)
        line.append(branch)
    return top


def _frame(request: HttpRequest, model: Any, filters: Filters) -> dict[str, Any]:
    """What both lists show around their rows."""
    visible = model.objects.visible_to(request.user)
    if model is ArticlePage:
        visible = visible.filter(is_placeholder=False)
    is_lessons = model is LessonPage
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "visible": visible,
        "filters": filters,
        "facets": _facets(visible, filters, request.user, is_lessons),
        "mine_count": filters.without("mine").narrow(visible, request.user).by(request.user).count(),
        "query": query.urlencode(),
        "sorts": _sorts(request, filters),
        **_place(request, filters, is_lessons),
    }


def _place(request: HttpRequest, filters: Filters, is_lessons: bool) -> dict[str, Any]:
    """The list of one community is one of that community's tabs."""
    community = None
    if len(filters.communities) == 1:
        community = CommunityPage.objects.visible_to(request.user).filter(pk=filters.communities[0]).first()
    if community is not None:
        tabs = panels.tabs(community, "lessons" if is_lessons else "articles")
        return {"community": community, "tabs": tabs, "section": reverse("communities")}
    tabs = [
        {"label": _("Lessons"), "url": reverse("lessons"), "current": is_lessons},
        {"label": _("Articles"), "url": reverse("articles"), "current": not is_lessons},
    ]
    return {"community": None, "tabs": tabs, "section": reverse("lessons")}


def _sorts(request: HttpRequest, filters: Filters) -> list[dict[str, Any]]:
    labels = {"new": _("Newest"), "old": _("Oldest"), "talk": _("Most discussed")}
    query = request.GET.copy()
    query.pop("page", None)
    found = []
    for value, label in labels.items():
        query["sort"] = value
        address = f"?{urlencode(list(query.lists()), doseq=True)}"
        found.append({"label": label, "url": address, "current": filters.sort == value})
    return found


def _facets(visible: Any, filters: Filters, user: Any, is_lessons: bool) -> list[dict[str, Any]]:
    """Each facet counts what the other filters leave."""
    facets = []
    if is_lessons:
        counts = filters.without("outcomes").narrow(visible, user).counts_by("outcome")
        options = [
            Option(value, str(capfirst(label)), counts.get(value, 0), value in filters.outcomes)
            for value, label in LessonPage.Outcome.choices
        ]
        facets.append({"name": "outcome", "title": _("How it went"), "options": options})
    facets.append(_communities(visible, filters, user))
    counts = filters.without("languages").narrow(visible, user).counts_by("language")
    languages = [
        Option(code, name, counts.get(code, 0), code in filters.languages, code)
        for code, name in settings.LANGUAGES
    ]
    facets.append({"name": "language", "title": _("Language"), "options": languages})
    facets.append(_tags(visible, filters, user))
    return [facet for facet in facets if any(one.number or one.chosen for one in facet["options"])]


def _communities(visible: Any, filters: Filters, user: Any) -> dict[str, Any]:
    counts = filters.without("communities").narrow(visible, user).counts_by("community")
    titles = CommunityPage.objects.filter(pk__in=counts).values_list("pk", "title", "language")
    named = {pk: (title, language) for pk, title, language in titles}
    options = [
        Option(pk, named[pk][0], number, pk in filters.communities, named[pk][1])
        for pk, number in counts.items()
        if pk in named
    ]
    return {"name": "community", "title": _("Community"), "options": options}


def _tags(visible: Any, filters: Filters, user: Any) -> dict[str, Any]:
    counted = dict(filters.without("tags").narrow(visible, user).tag_counts(TAGS_SHOWN))
    chosen = {tag.lower() for tag in filters.tags}
    options = [Option(name, name, number, name.lower() in chosen) for name, number in counted.items()]
    shown = {name.lower() for name in counted}
    missing = [tag for tag in filters.tags if tag.lower() not in shown]
    if missing:
        alone = filters.without("tags").narrow(visible, user)
        options = [Option(tag, tag, alone.tagged([tag]).count(), True) for tag in missing] + options
    return {"name": "tag", "title": _("Tag"), "options": options}
