"""A person's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from .. import panels
from ..forms.fields import DAY_NAMES, language_name
from ..models import User
from ..permissions import can_edit_person, distances_of, is_administrator, visible_people


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    return redirect(user)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """404 for who may not be seen: a guest learns nothing about who works here."""
    people = visible_people(request.user).select_related("profile__team", "profile__manager__profile")
    shown = get_object_or_404(people, pk=pk)
    context = {
        "person": shown,
        "profile": shown.profile,
        "is_self": shown.pk == request.user.pk,
        "may_edit": can_edit_person(request.user, shown),
        "may_administer": is_administrator(request.user),
        "distance": distances_of(request.user).get(shown.pk, ""),
    }
    if shown.is_active:
        context |= _about(request.user, shown)
    return render(request, "people/person.html", context)


def _about(reader: Any, shown: User) -> dict[str, Any]:
    profile, now = shown.profile, timezone.now()
    skills = list(shown.skills.select_related("skill"))
    seen = visible_people(reader).filter(is_active=True)
    manager = profile.manager
    return {
        "team_path": [*profile.team.get_ancestors(), profile.team] if profile.team else [],
        "manager": manager if manager and seen.filter(pk=manager.pk).exists() else None,
        "reports": seen.filter(profile__manager=shown).with_profile().in_order()[:30],
        "offers": [row for row in skills if row.direction == "offers"],
        "wants": [row for row in skills if row.direction == "wants"],
        "languages": [language_name(code) for code in profile.languages],
        "local_now": now.astimezone(profile.zone),
        "at_work": profile.works_at(now),
        "hours": [
            (DAY_NAMES[day], hours) for day, hours in profile.working_hours.items() if day in DAY_NAMES
        ],
        "panels": panels.panels_of(reader, shown),
    }
