"""One question or discussion."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kring.conversations.actions.holding import HELD_FOR, REFUSED
from kring.conversations.models import Conversation, Following, Seal
from search.alike import related

from ..actions.states import accepted_ids
from ..models import Discussion
from ..panels import continuations_of, talk_of
from ..permissions import (
    began,
    can_accept_answer,
    can_edit_discussion,
    can_moderate,
    can_reopen,
    can_say_solved_too,
    can_take_back,
)
from ..searchables import kind_of
from .arranging import look_after
from .finding import find_discussion
from .knowing import asked_of, who_knows

RELATED = 4


def _present(request: HttpRequest, pk: int) -> Discussion:
    """The discussion, or the one that it was merged into. Raises Http404."""
    found = find_discussion(request, pk)
    return find_discussion(request, found.merged_into_id) if found.merged_into_id else found


def _lead_to(request: HttpRequest, found: Discussion) -> HttpResponse:
    query = request.META["QUERY_STRING"]
    return redirect(f"{found.get_absolute_url()}?{query}" if query else found.get_absolute_url())


@require_GET
def discussion_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """A short address; what is asked for with it comes along."""
    return _lead_to(request, _present(request, pk))


@require_GET
def discussion(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The page; an address with an older title, or of one that was asked twice, leads to the present one."""
    found = _present(request, pk)
    if request.path != found.get_absolute_url():
        return _lead_to(request, found)
    tags = sorted(tag.name for tag in found.tags.all())
    may_accept = can_accept_answer(request.user, found)
    solved_too = list(found.solved_too.values_list("user", flat=True))
    is_room = found.kind == Discussion.Kind.ROOM
    alike = related(request.user, kind_of(found), found.pk)
    context = {
        "discussion": found,
        "community": found.community,
        "accepted": accepted_ids(found),
        "solved_too": len(solved_too),
        "solved_me": request.user.pk in solved_too,
        "may_solve": can_say_solved_too(request.user, found),
        "is_question": found.kind == Discussion.Kind.QUESTION,
        "tags": tags,
        "attribution": found.attribution or {},
        "path": _path(found),
        "hosts": list(found.hosts.select_related("profile").order_by("name")) if is_room else [],
        "is_room": is_room,
        "comes": is_room and comes(request.user, found),
        "look_after": look_after(request.user, found),
        "may_edit": can_edit_discussion(request.user, found),
        "may_take_back": can_take_back(request.user, found),
        **_whose(request.user, found),
        **_held(request.user, found),
        "accept_url": reverse("discussion_accept", args=[found.pk]) if may_accept else "",
        "knowing": [] if is_room else who_knows(request.user, found, tags),
        "alike": alike,
        "related": [] if alike else _related(found, tags),
        **asked_of(request.user, found),
        **_came_of_it(request.user, found),
    }
    return render(request, "communities/discussion.html", context)


def _came_of_it(user: Any, found: Discussion) -> dict[str, Any]:
    """What was made of a solved question, and what this reader may still do with it, as entries of a menu."""
    made = continuations_of(user, found)
    further = [{"label": label, "icon": icon, "url": url} for label, icon, url in made["offers"]]
    if can_reopen(user, found):
        address = reverse("discussion_reopen", args=[found.pk])
        further.append({"label": _("It isn't solved after all"), "icon": "swap", "url": address})
    return {"became": made["became"], "further": further}


def _whose(user: Any, found: Discussion) -> dict[str, Any]:
    """Whether it is the reader's own; and where moderators and an anonymous asker write to each other."""
    wrote_it = began(user, found)
    letters = 0
    if found.is_anonymous and (wrote_it or can_moderate(user, found.community)):
        letters = Seal.objects.about(found).values_list("pk", flat=True).first() or 0
    return {"wrote_it": wrote_it, "letters": letters}


def _held(user: Any, found: Discussion) -> dict[str, Any]:
    """Why it is not shown, and whether this reader lets it through."""
    if not found.held_for:
        return {}
    may_release = can_moderate(user, found.community) and not began(user, found)
    return {
        "held": HELD_FOR.get(found.held_for, ""),
        "is_refused": found.held_for == REFUSED,
        "may_release": may_release,
    }


def comes(user: Any, room: Discussion) -> bool:
    """Whether this reader said so: they are told when it begins."""
    about = Conversation.objects.about(room)
    return Following.objects.filter(conversation__in=about, user=user, state=Following.State.FOLLOW).exists()


def _path(found: Discussion) -> list[dict[str, str]]:
    community = found.community
    names = {"question": _("Questions"), "announcement": _("Announcements"), "room": _("Live rooms")}
    address = f"{talk_of(community)}&kind={found.kind}"
    return [
        {"label": community.title, "url": community.get_absolute_url(), "language": community.language},
        {"label": names.get(found.kind, _("Discussions")), "url": address},
    ]


def _related(found: Discussion, tags: list[str]) -> Any:
    """Others of the community with a tag in common, else its latest questions."""
    same = (
        Discussion.objects.standing().filter(community=found.community, kind=found.kind).exclude(pk=found.pk)
    )
    tagged = same.tagged(tags).with_counts() if tags else same.none()
    return list(tagged[:RELATED]) or list(same.with_counts()[:RELATED])
