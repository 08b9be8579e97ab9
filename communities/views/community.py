"""The front page of a community."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.indexing.registry import kinds_of, searchables

from .. import panels
from ..actions import lets_in_at_once, welcome_is_due, why_not_post
from ..forms import LevelForm, RequestForm
from ..forms.filters import PINNED_FIRST
from ..models import CommunityPage, CuratedItem, Discussion, JoinRequest, Membership
from ..permissions import can_read_community
from .frame import frame
from .pending import invite_of, request_of, waiting_requests
from .reading import chapters_of, next_chapter

WAITING, LATEST, ROOMS = 3, 5, 3
ICONS = {"lessonpage": "lesson", "articlepage": "article"}


def serve_community(request: HttpRequest, community: CommunityPage) -> HttpResponse:
    """Draw the community, or raise Http404 for who may not read it, whatever the method."""
    if not can_read_community(request.user, community):
        raise Http404
    return _front_page(request, community)


@require_safe
def _front_page(request: HttpRequest, community: CommunityPage) -> HttpResponse:
    talk = Discussion.objects.standing().filter(community=community).for_list()
    waiting = list(talk.unanswered().order_by("-created_at", "-pk")[:WAITING])
    latest = talk.exclude(pk__in=[one.pk for one in waiting])
    latest = latest.order_by(*PINNED_FIRST, "-last_activity_at", "-pk")
    membership = request.user.memberships.filter(community=community).first()
    around = frame(request, community, "front")
    may_write = around["may_post"] or around["may_join"] or around["may_ask_in"] or community.archived_at
    context = around | {
        "why_not": "" if may_write else why_not_post(request.user, community),
        "own_request": request_of(request.user, community) if around["may_ask_in"] else None,
        "request_form": RequestForm() if around["may_ask_in"] else None,
        **_invitation(request, community, around["role"]),
        "asking": len(waiting_requests(community)) if around["may_let_in"] else 0,
        **_welcome(community, membership),
        **_reading(community),
        "rooms": list(talk.rooms_ahead()[:ROOMS]),
        "curated": curated_of(request.user, community),
        "waiting": waiting,
        "latest": latest[:LATEST],
        "panels": panels.rendered_panels(request.user, community),
        "membership": membership,
        "level_form": LevelForm(initial={"level": membership.level}) if membership else None,
    }
    return render(request, "communities/community.html", context)


def _invitation(request: HttpRequest, community: CommunityPage, role: str) -> dict[str, Any]:
    if role or community.archived_at:
        return {}
    found = invite_of(request.user, community)
    return {"invitation": found, "at_once": found is not None and lets_in_at_once(found)}


def _welcome(community: CommunityPage, membership: Membership | None) -> dict[str, Any]:
    """For a new member: the community's word, and that of who let them in."""
    if membership is None or not welcome_is_due(community, membership):
        return {}
    accepted = JoinRequest.State.ACCEPTED
    asked = JoinRequest.objects.filter(community=community, user=membership.user_id, state=accepted)
    request = asked.exclude(answer="").select_related("answered_by").last()
    return {"welcome": bool(community.welcome or request), "let_in": request}


def _reading(community: CommunityPage) -> dict[str, Any]:
    """What is read now, where it is a think club or has taken one in."""
    chapters = chapters_of(community)
    if community.archived_at or not (chapters or community.form == CommunityPage.Form.THINK_CLUB):
        return {}
    return {"reads": True, "next_chapter": next_chapter(chapters, timezone.localdate())}


def curated_of(user: Any, community: CommunityPage) -> list[dict[str, Any]]:
    """What is on the list, as far as this reader may open it: title, url, why, icon, language, item."""
    items = list(CuratedItem.objects.filter(community=community).select_related("page__content_type"))
    pages = {item.page_id: item.page for item in items if item.page}
    readable = _readable(user, community, list(pages.values()))
    found = []
    for item in sorted(items, key=lambda item: (item.sort_order or 0, item.pk)):
        if item.page and item.page_id not in readable:
            continue
        found.append(
            {
                "item": item,
                "title": item.title or item.page.title,
                "url": item.page.get_url() if item.page else item.url,
                "why": item.why,
                "icon": ICONS.get(item.page.content_type.model, "article") if item.page else "link",
                "is_link": not item.page,
            }
        )
    return found


def _readable(user: Any, community: CommunityPage, pages: list[Any]) -> set[int]:
    """Published pages of this community, which the reader may read; and others as their app says."""
    live = [page for page in pages if page.live]
    found = {page.pk for page in live if page.path.startswith(community.path)}
    others: dict[str, list[int]] = {}
    for page in live:
        model = page.content_type.model_class()
        for kind in kinds_of(model) if page.pk not in found and model else []:
            others.setdefault(kind, []).append(page.pk)
    for kind, ids in others.items():
        found |= searchables()[kind].visible_ids(user, ids)
    return found
