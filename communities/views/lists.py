"""All questions and discussions one may read."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kring.conversations.actions import mark_all_read
from kring.conversations.models import Seal

from ..forms import DiscussionFilters
from ..forms.filters import KINDS, PINNED_FIRST, SORTS
from ..models import CommunityPage, Discussion
from ..panels import list_now, talk_of
from ..permissions import can_post_anywhere, can_post_in, can_read_community
from .frame import frame

PAGE_SIZE = 20
TAGS_SHOWN = 12


@require_GET
def discussions(request: HttpRequest) -> HttpResponse:
    """Of one community it is that community's tab."""
    filters = DiscussionFilters.of(request.GET)
    if address := list_now(request, filters.communities):
        return redirect(address)
    visible = Discussion.objects.visible_to(request.user)
    community = _one_community(request, filters)
    order = (*PINNED_FIRST, *SORTS[filters.sort]) if community else SORTS[filters.sort]
    found = filters.narrow(visible, request.user).for_list().with_unread(request.user).order_by(*order)
    query = request.GET.copy()
    query.pop("page", None)
    may_ask = can_post_in(request.user, community) if community else can_post_anywhere(request.user)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    views = _views(request, visible, filters)
    context = {
        "page": page,
        "news": any(one.has_news for one in page),
        "filters": filters,
        "held": _held_of(request.user) if filters.mine else [],
        "facets": _facets(visible, filters, request.user, within=community is not None),
        "views": views,
        "by_hand": not any(view["current"] for view in views),
        "query": query.urlencode(),
        "sorts": _sorts(query, filters),
        "narrowed": bool(filters.without("communities") if community else filters),
        "community": community,
        "may_ask": may_ask,
        "ask_url": reverse("discussion_new") if may_ask else "",
        "start_url": reverse("discussion_start") if may_ask else "",
        "all_url": talk_of(community) if community else reverse("discussions"),
    }
    if community:
        context |= _as_tab(request, community, context)
    return render(request, "communities/discussions.html", context)


@require_POST
def discussions_read(request: HttpRequest) -> HttpResponse:
    """Nothing of this list is new any more: of one community, or of all."""
    filters = DiscussionFilters.of(request.POST)
    listed = filters.narrow(Discussion.objects.visible_to(request.user), request.user)
    number = mark_all_read(by=request.user, model=Discussion, ids=listed.order_by().values("pk"))
    words = ngettext("%(count)d conversation is read.", "%(count)d conversations are read.", number)
    messages.success(request, words % {"count": number})
    community = _one_community(request, filters)
    return redirect(talk_of(community) if community else "discussions")


def _one_community(request: HttpRequest, filters: DiscussionFilters) -> CommunityPage | None:
    if len(filters.communities) != 1:
        return None
    found = CommunityPage.objects.live().filter(pk=filters.communities[0]).first()
    return found if found and can_read_community(request.user, found) else None


def _as_tab(request: HttpRequest, community: CommunityPage, context: dict[str, Any]) -> dict[str, Any]:
    """What surrounds the list of one community; what is begun from it begins there."""
    chosen = f"?community={community.pk}"
    begin = {name: context[name] and context[name] + chosen for name in ("ask_url", "start_url")}
    return frame(request, community, "talk") | begin


def _held_of(user: Any) -> list[Discussion]:
    """What this reader began and others do not see yet, under their name or without it."""
    content_type = ContentType.objects.get_for_model(Discussion)
    sealed = Seal.objects.held_by(user).filter(content_type=content_type).values("object_id")
    mine = Discussion.objects.filter(Q(author=user) | Q(is_anonymous=True, pk__in=sealed), removed_at=None)
    return list(mine.exclude(held_for="").order_by("-created_at", "-pk"))


def _sorts(query: QueryDict, filters: DiscussionFilters) -> list[dict[str, Any]]:
    labels = {"new": _("Latest word"), "asked": _("Newest"), "old": _("Oldest")}
    found = []
    for value, label in labels.items():
        given = query.copy()
        given["sort"] = value
        address = f"?{urlencode(list(given.lists()), doseq=True)}"
        found.append({"label": label, "url": address, "current": filters.sort == value})
    return found


def _views(request: HttpRequest, visible: Any, filters: DiscussionFilters) -> list[dict[str, Any]]:
    """Ready-made ways to look at the list."""
    base = {"community": list(filters.communities)} if filters.communities else {}
    bare = filters.without("communities", "sort")
    wanted = [
        (_("Everything"), {}, DiscussionFilters()),
        (_("Waiting for an answer"), {"state": ["open"]}, DiscussionFilters(states=("open",))),
        (_("Yours"), {"mine": ["1"]}, DiscussionFilters(mine=True)),
    ]
    return [
        {"label": label, "url": f"?{urlencode({**base, **query}, doseq=True)}", "current": bare == state}
        for label, query, state in wanted
    ]


def _facets(visible: Any, filters: DiscussionFilters, user: Any, *, within: bool) -> list[dict[str, Any]]:
    """Each facet counts what the other filters leave; within one community that one is no choice."""
    states = filters.without("states").narrow(visible, user).questions().counts_by("state")
    kinds = filters.without("kinds").narrow(visible, user).counts_by("kind")
    labels = dict(Discussion.Kind.choices)
    facets = [
        {
            "name": "state",
            "title": _("Questions"),
            "options": [
                _option(value, label, states.get(value, 0), value in filters.states)
                for value, label in (
                    ("open", _("No answer yet")),
                    ("answered", _("Answered")),
                    ("solved", _("Solved")),
                )
            ],
        },
        {
            "name": "kind",
            "title": _("Kind"),
            "options": [
                _option(kind, capfirst(labels[kind]), kinds.get(kind, 0), kind in filters.kinds)
                for kind in KINDS
                if kind != Discussion.Kind.ROOM or kinds.get(kind)
            ],
        },
        *([] if within else [_communities(visible, filters, user)]),
        _tags(visible, filters, user),
    ]
    return [facet for facet in facets if any(one["number"] or one["chosen"] for one in facet["options"])]


def _option(value: Any, label: Any, number: int, chosen: bool, language: str = "") -> dict[str, Any]:
    return {"value": value, "label": label, "number": number, "chosen": chosen, "language": language}


def _communities(visible: Any, filters: DiscussionFilters, user: Any) -> dict[str, Any]:
    counts = filters.without("communities").narrow(visible, user).counts_by("community")
    titles = CommunityPage.objects.filter(pk__in=counts).values_list("pk", "title", "language")
    named = {pk: (title, language) for pk, title, language in titles}
    options = [
        _option(pk, named[pk][0], number, pk in filters.communities, named[pk][1])
        for pk, number in counts.items()
        if pk in named
    ]
    return {"name": "community", "title": _("Community"), "options": options}


def _tags(visible: Any, filters: DiscussionFilters, user: Any) -> dict[str, Any]:
    alone = filters.without("tags").narrow(visible, user)
    counted = dict(alone.tag_counts(TAGS_SHOWN))
    chosen = {tag.lower() for tag in filters.tags}
    options = [_option(name, name, number, name.lower() in chosen) for name, number in counted.items()]
    shown = {name.lower() for name in counted}
    missing = [tag for tag in filters.tags if tag.lower() not in shown]
    options += [_option(tag, tag, alone.tagged([tag]).count(), True) for tag in missing]
    return {"name": "tag", "title": _("Tag"), "options": options}
