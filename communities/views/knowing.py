"""Who may know the answer, and who was asked for it."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.people.models import PersonSkill, User
from kring.people.permissions import visible_people

from .. import actions
from ..models import Discussion, Membership
from ..permissions import can_lead
from .finding import find_discussion

KNOWING = 3


@require_POST
def discussion_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Not for me: somebody else is asked."""
    found = find_discussion(request, pk)
    if not actions.pass_on(discussion=found, by=request.user):
        raise Http404
    messages.success(request, _("Thank you for saying so. Somebody else is asked."))
    return redirect(found.get_absolute_url())


def asked_of(user: Any, found: Discussion) -> dict[str, Any]:
    """`routing`: that this reader was asked, as long as nobody answered. `routings`: for leads, who was."""
    if found.kind != Discussion.Kind.QUESTION:
        return {}
    rows = found.routings.select_related("user__profile").order_by("at", "pk")
    if not can_lead(user, found.community):
        rows = rows.filter(user=user)
    asked = list(rows)
    waits = found.state == Discussion.State.OPEN
    mine = [row for row in asked if row.user_id == user.pk and row.passed_at is None]
    return {
        "routing": mine[0] if mine and waits else None,
        "routings": _seen(user, asked) if can_lead(user, found.community) else [],
    }


def _seen(user: Any, asked: list[Any]) -> list[Any]:
    people = [row.user_id for row in asked]
    known = set(visible_people(user).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    return [row for row in asked if row.user_id in known]


def who_knows(user: Any, found: Discussion, tags: list[str]) -> list[tuple[User, str]]:
    """(person, why): colleagues who offer a skill named like a tag, then the community's leads."""
    people: dict[int, tuple[User, str]] = {}
    for row in _skilled(tags):
        if row.user_id != found.author_id:
            why = _("Can help with %(skill)s") % {"skill": row.skill.label}
            people.setdefault(row.user_id, (row.user, why))
    leads = Membership.objects.leads().filter(community=found.community).with_people()
    for lead in leads.in_order()[:KNOWING]:
        people.setdefault(lead.user_id, (lead.user, _("Looks after this community")))
    people.pop(user.pk, None)
    seen = set(visible_people(user).filter(pk__in=people).values_list("pk", flat=True))
    return [one for pk, one in people.items() if pk in seen][: KNOWING + 1]


def _skilled(tags: list[str]) -> Any:
    named = Q(pk__in=[])
    for tag in tags:
        named |= Q(skill__label_en__iexact=tag) | Q(skill__label_nl__iexact=tag)
    rows = PersonSkill.objects.filter(named, direction="offers", user__is_active=True)
    return rows.select_related("user__profile", "skill").order_by("-level", "pk")[:KNOWING]
