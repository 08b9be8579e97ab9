"""What people look for, and what moderators do about it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.ui.reasons import back_to
from search.asked import months, not_found, not_opened, shown
from search.engines import Hit
from search.results import forbidden
from search.showing import PERSON
from search.things import hits_of

from ..actions.pinning import pin_result, set_aside_words, unpin_result
from ..actions.pinning_people import unpin_self
from ..permissions import moderates_anything
from .finding import number_in
from .moderating import tabs_of

SHOWN = 50


@require_GET
def moderation_asked(request: HttpRequest) -> HttpResponse:
    """Of a month: what is asked for most, not found, found and not opened; by five people or more."""
    if not moderates_anything(request.user):
        raise PermissionDenied
    known = months()
    month = _chosen(request.GET.get("month", ""), known)
    rows = shown().filter(month=month).order_by("-askers", "-searches", "words")
    context = {
        "tabs": tabs_of("asked"),
        "months": known,
        "month": month,
        "lists": [
            ("most", _("Asked for most"), rows[:SHOWN]),
            ("not-found", _("Not found"), not_found(rows)[:SHOWN]),
            ("not-opened", _("Found, and hardly ever opened"), not_opened(rows)[:SHOWN]),
        ],
    }
    return render(request, "communities/moderation_asked.html", context)


def _chosen(wanted: str, known: list[date]) -> date | None:
    found = [month for month in known if month.isoformat() == wanted]
    return next(iter([*found, *known]), None)


@require_POST
def asked_settle(request: HttpRequest) -> HttpResponse:
    """Nothing need be done about these ?words."""
    set_aside_words(words=request.POST.get("words", "")[:200], by=request.user)
    messages.success(request, _("Set aside. It is asked again in three months, if people still look for it."))
    return redirect("moderation")


@require_POST
def result_pin(request: HttpRequest) -> HttpResponse:
    """Pin a result to words, or with `away` take it from them."""
    hit, words = _hit(request), request.POST.get("words", "")
    if "away" in request.POST:
        unpin_result(hit=hit, words=words, by=request.user)
        said = _("It is no longer pinned, and stands where it would by itself.")
        if hit.kind == PERSON:
            said = _("They are no longer pinned, and stand where they would by themselves.")
        messages.success(request, said)
    else:
        try:
            pin_result(hit=hit, words=words, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            said = _("Pinned. Whoever searches for “%(words)s” and may read it finds it first.")
            if hit.kind == PERSON:
                said = _("Pinned. Whoever searches for “%(words)s” finds them first. They are told.")
            messages.success(request, said % {"words": words.strip()})
    return redirect(f"{reverse('search')}?{urlencode({'q': words[:400]})}")


@require_POST
def own_unpin(request: HttpRequest) -> HttpResponse:
    """Nobody stands first who does not want it; that it is gone already is no matter."""
    user: Any = request.user
    words = request.POST.get("words", "")[:200]
    unpin_self(words=words, by=user)
    messages.success(request, _("You no longer stand first for “%(words)s”.") % {"words": words})
    return redirect(back_to(request, user.get_absolute_url()))


def _hit(request: HttpRequest) -> Hit:
    """The thing that was sent; raises Http404 for what isn't there for this reader."""
    thing = (request.POST.get("kind", ""), number_in(request.POST, "id"))
    found: list[Any] = [] if forbidden(request.user, {thing}) else hits_of([thing])
    if not found:
        raise Http404
    return found[0]
