"""What waits for those who look after communities, and what they decided."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kring.conversations.actions.decisions import can_be_undone, label_of, verbs
from kring.conversations.kinds import place_of
from kring.conversations.models import Decision
from kring.people.models import User
from kring.people.permissions import visible_people
from kring.ui.reasons import ReasonForm

from ..models import CommunityPage
from ..queue import looked_after_by, queue_kinds, waiting_in

PAGE_SIZE = 30
WEEK = timedelta(days=7)


@require_GET
def moderation(request: HttpRequest) -> HttpResponse:
    """One queue over all that one looks after, or of one community."""
    mine, chosen = _mine(request)
    sections = []
    canned: dict[str, list[tuple[str, str]]] = {}
    for kind in queue_kinds():
        if kind.everywhere and len(chosen) < len(mine):
            continue
        if rows := kind.items(request.user, chosen):
            sections.append({"kind": kind, "rows": [(item, _reason(item, canned)) for item in rows]})
    context = _around(mine, chosen, "moderation", "queue") | {"sections": sections}
    return render(request, "communities/moderation.html", context)


def _reason(item: Any, canned: dict[str, list[tuple[str, str]]]) -> ReasonForm | None:
    """A field for a word along with the click, in a form of its own; `canned` fills up by place."""
    if not item.reason:
        return None
    audience = item.community.audience
    if audience not in canned:
        canned[audience] = list(place_of(audience).canned(audience))
    # Replies at hand are about what was written.
    offered = canned[audience] if item.sent_as == "reason" else ()
    form = ReasonForm(canned=offered, sent_as=item.sent_as, auto_id=f"{item.key}_%s")
    # What it is for stands above it, in the line that opens it.
    form.fields["reason"].label = _("In your own words")
    form.fields["reason"].help_text = ""
    return form


@require_GET
def moderation_log(request: HttpRequest) -> HttpResponse:
    """Everything that was decided, the newest first, with the way back."""
    mine, chosen = _mine(request)
    rows = _decided(request.user, chosen)
    verb = request.GET.get("verb", "")
    if verb in verbs():
        rows = rows.filter(verb=verb)
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = _around(mine, chosen, "moderation_log", "log") | {
        "page": page,
        "rows": _shown(request.user, page.object_list, mine),
        "query": query.urlencode(),
        "verb": verb,
        "verbs": sorted(verbs().items(), key=lambda one: one[1]),
    }
    return render(request, "communities/moderation_log.html", context)


@require_GET
def moderation_week(request: HttpRequest) -> HttpResponse:
    """What was decided in the last seven days, a community at a time, and what waits there."""
    mine, chosen = _mine(request)
    rows = list(_decided(request.user, chosen).filter(at__gte=timezone.now() - WEEK))
    waiting = waiting_in(request.user, chosen) if rows else Counter()
    by_token: dict[str, list[Decision]] = {}
    for row in rows:
        by_token.setdefault(row.audience, []).append(row)
    sections = [
        {
            "community": community,
            "rows": _shown(request.user, by_token[community.audience], mine),
            "waits": waiting[pk],
        }
        for pk, community in chosen.items()
        if community.audience in by_token
    ]
    context = _around(mine, chosen, "moderation_week", "week") | {"sections": sections}
    return render(request, "communities/moderation_week.html", context)


def _mine(request: HttpRequest) -> tuple[dict[int, CommunityPage], dict[int, CommunityPage]]:
    """All that the reader looks after, and the part of it that was asked for. Raises PermissionDenied."""
    mine = looked_after_by(request.user)
    if not mine:
        raise PermissionDenied
    wanted = request.GET.get("community", "")
    if not wanted:
        return mine, mine
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    if number not in mine:
        raise Http404
    return mine, {number: mine[number]}


def _decided(user: Any, communities: dict[int, CommunityPage]) -> Any:
    tokens = [community.audience for community in communities.values()]
    rows = Decision.objects.filter(audience__in=tokens).select_related("by", "affected", "undone_by")
    if user.is_guest:
        people = ContentType.objects.get_for_model(User)
        met = visible_people(user).values("pk")
        rows = rows.exclude(Q(content_type=people) & ~Q(object_id__in=met))
    return rows


def _shown(user: Any, rows: Any, communities: dict[int, CommunityPage]) -> list[dict[str, Any]]:
    by_token = {community.audience: community for community in communities.values()}
    return [
        {
            "decision": row,
            "what": label_of(row.verb),
            "community": by_token.get(row.audience),
            "may_undo": can_be_undone(row) and row.affected_id != user.pk,
        }
        for row in rows
    ]


def _around(
    mine: dict[int, CommunityPage], chosen: dict[int, CommunityPage], url_name: str, current: str
) -> dict[str, Any]:
    one = next(iter(chosen.values())) if len(chosen) == 1 and len(mine) > 1 else None
    query = f"?community={one.pk}" if one else ""
    return {
        "communities": list(mine.values()),
        "chosen": one,
        "only": next(iter(mine.values())) if len(mine) == 1 else one,
        "here": reverse(url_name),
        "tabs": tabs_of(current, query),
    }


def tabs_of(current: str, query: str = "") -> list[dict[str, Any]]:
    """What people look for, and synonyms, are of no community: a chosen one leaves them as they are."""
    tabs = [
        ("queue", _("What waits"), reverse("moderation") + query),
        ("log", _("What was decided"), reverse("moderation_log") + query),
        ("week", _("This week"), reverse("moderation_week") + query),
        ("asked", _("What people look for"), reverse("moderation_asked")),
        ("synonyms", _("Synonyms"), reverse("synonyms")),
    ]
    return [{"label": label, "url": url, "current": key == current} for key, label, url in tabs]
