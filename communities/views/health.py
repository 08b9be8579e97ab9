"""How a community is doing, for those who look after it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from ..actions.health import FEWEST, Health, Part, health_of
from ..permissions import can_moderate
from .finding import find_community

FIGURES = (
    (
        "active",
        gettext_lazy("Members who said something"),
        gettext_lazy("Of all members, how many began a discussion or said something in one."),
    ),
    (
        "answered",
        gettext_lazy("Questions with an answer"),
        gettext_lazy(
            "Of the questions asked in these days, how many had an answer by somebody else at their end."
        ),
    ),
    (
        "first_answer",
        gettext_lazy("Wait for a first answer"),
        gettext_lazy(
            "The middle one of all waits, for the questions that got their first answer in these days: "
            "half of them waited shorter."
        ),
    ),
    (
        "newcomers",
        gettext_lazy("Newcomers who said something"),
        gettext_lazy(
            "Of the members whose first thirty days ended in these days, how many said something in them."
        ),
    ),
    (
        "half",
        gettext_lazy("Who said half of it"),
        gettext_lazy(
            "The fewest people who together said half of everything, of all who said something. "
            "The more of them, the better it goes on when one is away."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the page. `now` and `before` are empty where too few people stand behind them."""

    label: Any
    formula: Any
    now: str
    more: str
    before: str


@require_GET
def community_health(request: HttpRequest, pk: int) -> HttpResponse:
    """A few figures of thirty days beside those of the thirty before."""
    community = find_community(request, pk)
    if not can_moderate(request.user, community):
        raise PermissionDenied
    now, before = health_of(community, timezone.now())
    context = {
        "community": community,
        "fewest": FEWEST,
        "figures": [_figure(key, label, formula, now, before) for key, label, formula in FIGURES],
    }
    return render(request, "communities/health.html", context)


def _figure(key: str, label: Any, formula: Any, now: Health, before: Health) -> Figure:
    value, earlier = getattr(now, key), getattr(before, key)
    if key == "half":
        return Figure(label, formula, _people(value), "", _people(earlier))
    if key == "first_answer":
        return Figure(label, formula, _wait(value), "", _wait(earlier))
    more = _("%(number)d of %(of)d") % {"number": value.number, "of": value.of} if value else ""
    return Figure(label, formula, _percent(value), more, _percent(earlier))


def _percent(part: Part | None) -> str:
    return f"{part.percent}%" if part else ""


def _people(part: Part | None) -> str:
    return _("%(number)d of %(of)d people") % {"number": part.number, "of": part.of} if part else ""


def _wait(wait: timedelta | None) -> str:
    """In the largest unit of which there are two."""
    if wait is None:
        return ""
    minutes = max(1, round(wait.total_seconds() / 60))
    if minutes < 120:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
