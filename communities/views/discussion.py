"""One question or discussion."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..actions.states import accepted_ids
from ..models import Discussion
from ..panels import talk_of
from ..permissions import can_accept_answer, can_edit_discussion, can_reopen, can_say_solved_too
from .arranging import look_after
from .finding import find_discussion
from .knowing import asked_of, who_knows

RELATED = 4


@require_GET
def discussion_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_discussion(request, pk)
    if found.merged_into_id:
        found = find_discussion(request, found.merged_into_id)
    return redirect(found.get_absolute_url())


@require_GET
def discussion(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The page; an address with an older title, or of one that was asked twice, leads to the present one."""
    found = find_discussion(request, pk)
    if found.merged_into_id:
        found = find_discussion(request, found.merged_into_id)
    if request.path != found.get_absolute_url():
        query = request.META["QUERY_STRING"]
        return redirect(f"{found.get_absolute_url()}?{query}" if query else found.get_absolute_url())
    tags = sorted(tag.name for tag in found.tags.all())
    may_accept = can_accept_answer(request.user, found)
    solved_too = list(found.solved_too.values_list("user", flat=True))
    context = {
        "discussion": found,
        "community": found.community,
        "accepted": accepted_ids(found),
        "solved_too": len(solved_too),
        "solved_me": request.user.pk in solved_too,
        "may_solve": can_say_solved_too(request.user, found),
        "may_reopen": can_reopen(request.user, found),
        "is_question": found.kind == Discussion.Kind.QUESTION,
        "tags": tags,
        "attribution": found.attribution or {},
        "path": _path(found),
        "look_after": look_after(request.user, found),
        "may_edit": can_edit_discussion(request.user, found),
        "accept_url": reverse("discussion_accept", args=[found.pk]) if may_accept else "",
        "knowing": who_knows(request.user, found, tags),
        "related": _related(found, tags),
        **asked_of(request.user, found),
    }
    return render(request, "communities/discussion.html", context)


def _path(found: Discussion) -> list[dict[str, str]]:
    community = found.community
    names = {"question": _("Questions"), "announcement": _("Announcements")}
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
