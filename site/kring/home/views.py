"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .models import HiddenPanel
from .querysets import (
    Step,
    communities_to_join,
    first_steps,
    for_you,
    newcomers,
    rooms_this_week,
    this_week,
    waiting_for,
)

FIRST_WEEK = "first-week"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits, what is worth reading and why, and who is new."""
    user = request.user
    steps = _steps_shown(request)
    done = sum(step.done for step in steps)
    context = {
        "greeting": _greeting(user.get_short_name()),
        "today": timezone.localdate(),
        "waiting": waiting_for(user),
        "for_you": for_you(user),
        "newcomers": newcomers(user),
        "this_week": this_week(user),
        "rooms": rooms_this_week(user),
        "steps": steps,
        "steps_done": done,
        "next_step": next((step for step in steps if not step.done), None),
        "to_join": communities_to_join(user) if steps or not user.memberships.exists() else [],
    }
    return render(request, "home/home.html", context)


def _steps_shown(request: HttpRequest) -> list[Step]:
    if HiddenPanel.objects.filter(user=request.user, panel=FIRST_WEEK).exists():
        return []
    steps = first_steps(request.user)
    return [] if all(step.done for step in steps) else steps


def _greeting(name: str) -> str:
    hour = timezone.localtime().hour
    if hour < 6:
        return _("Hello %(name)s") % {"name": name}
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


@require_POST
def hide_first_week(request: HttpRequest) -> HttpResponse:
    HiddenPanel.objects.get_or_create(user=request.user, panel=FIRST_WEEK)
    return redirect("home")
