"""A coffee with somebody of another team: liking it, with whom, and with whom before."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ..actions import coffee as actions
from ..models import CoffeeWish
from ..permissions import can_have_coffee

PAGE_SIZE = 20
WISHES = {
    "like": (actions.like_coffee, gettext_lazy("Lovely. You are in the next round.")),
    "pause": (actions.pause_coffee, gettext_lazy("You are left out until you say that you are back.")),
    "end": (
        actions.end_coffee,
        gettext_lazy("You get no more coffees. You can come back whenever you like."),
    ),
}


@require_GET
def coffee(request: HttpRequest) -> HttpResponse:
    """Whether the reader likes it, their present company, and the earlier ones."""
    user = _allowed(request)
    today = timezone.localdate()
    pairs = user.coffees.prefetch_related("people__profile__team")
    present = _present(user)
    page = Paginator(pairs.filter(round__lt=actions.round_on(today)), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {
        "wish": CoffeeWish.objects.filter(user=user).first(),
        "next_on": actions.next_round_on(today),
        "earlier": [(pair, _others(pair, user)) for pair in page],
        "page": page,
    }
    if present:
        others = _others(present, user)
        context |= {
            "others": others,
            "met_at": present.met_at,
            "why": actions.why_together(user, others),
            "openers": actions.openers_of(present),
        }
    return render(request, "communities/coffee.html", context)


def _present(user: Any) -> Any:
    """Their pair of this round, if they have one."""
    pairs = user.coffees.prefetch_related("people__profile__team")
    return pairs.filter(round=actions.round_on(timezone.localdate())).first()


def _others(pair: Any, user: Any) -> list[Any]:
    return [other for other in pair.people.all() if other.pk != user.pk]


@require_POST
def coffee_wish(request: HttpRequest) -> HttpResponse:
    """Like it, pause, or end it."""
    user = _allowed(request)
    if (wish := WISHES.get(request.POST.get("do", ""))) is None:
        raise Http404
    action, said = wish
    action(by=user)
    messages.success(request, said)
    return redirect("coffee")


@require_POST
def coffee_met(request: HttpRequest) -> HttpResponse:
    """The pair of this round met, or did not after all."""
    user = _allowed(request)
    pair = _present(user)
    if pair is None:
        raise Http404
    met = request.POST.get("met") == "yes"
    actions.say_met(pair=pair, by=user, met=met)
    messages.success(request, _("Good that you met.") if met else _("It is open again."))
    return redirect("coffee")


def _allowed(request: HttpRequest) -> Any:
    if not can_have_coffee(request.user):
        raise PermissionDenied(_("Guests have no coffee here: they meet the people of their communities."))
    return request.user
