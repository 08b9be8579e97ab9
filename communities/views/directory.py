"""The directory of communities."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..forms import CommunityFilters
from ..models import CommunityPage
from ..permissions import can_found_community
from .suggested import suggestions_for

PAGE_SIZE = 24
TAGS_SHOWN = 16


@require_GET
def communities(request: HttpRequest) -> HttpResponse:
    """Communities one may read, one's own first; archived ones when they are asked for.

    Tags are lists, so they are looked at here, not in SQL.
    """
    filters = CommunityFilters.of(request.GET)
    visible = CommunityPage.objects.visible_to(request.user)
    mine = set(CommunityPage.objects.of(request.user).values_list("pk", flat=True))
    archived = visible.exclude(archived_at=None)
    shown = archived if filters.archived else visible.in_use()
    found = shown.matching(filters.words) if filters.words else shown
    if filters.mine:
        found = found.filter(pk__in=mine)
    rows = list(found.order_by().values_list("pk", "title", "language", "tags"))
    fitting = [row for row in rows if filters.fits(row[2], row[3])]
    fitting.sort(key=lambda row: (row[0] not in mine, row[1].casefold()))
    page = Paginator([row[0] for row in fitting], PAGE_SIZE).get_page(request.GET.get("page"))
    cards = CommunityPage.objects.for_list().in_bulk(list(page.object_list))
    query = request.GET.copy()
    query.pop("page", None)
    suggested = [] if filters or page.number > 1 else suggestions_for(request.user)
    context = {
        "page": page,
        "communities": [cards[pk] for pk in page.object_list if pk in cards],
        "own": mine,
        "filters": filters,
        "facets": _facets(rows, filters),
        "query": query.urlencode(),
        "archived": archived.count(),
        "suggested": suggested,
        "level": 3 if suggested else 2,
        "may_found": can_found_community(request.user),
    }
    return render(request, "communities/communities.html", context)


def _facets(rows: list[tuple[int, str, str, list[str]]], filters: CommunityFilters) -> list[dict[str, Any]]:
    """Each facet counts what the other filters leave."""
    languages = Counter(row[2] for row in rows if filters.fits(row[2], row[3], but="languages"))
    tags: Counter[str] = Counter()
    for _pk, _title, language, own in rows:
        if filters.fits(language, own, but="tags"):
            tags.update({tag.lower() for tag in own})
    shown = [name for name, _number in tags.most_common(TAGS_SHOWN)]
    shown += [tag for tag in filters.tags if tag not in shown]
    facets = [
        _facet(
            "language",
            _("Language"),
            [(code, name, languages[code], code in filters.languages) for code, name in settings.LANGUAGES],
        ),
        _facet("tag", _("Tag"), [(tag, tag, tags[tag], tag in filters.tags) for tag in shown]),
    ]
    return [
        facet
        for facet in facets
        if len(facet["options"]) > 1 or any(one["chosen"] for one in facet["options"])
    ]


def _facet(name: str, title: str, options: list[tuple[str, str, int, bool]]) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "options": [
            {"value": value, "label": label, "number": number, "chosen": chosen}
            for value, label, number, chosen in options
            if number or chosen
        ],
    }
