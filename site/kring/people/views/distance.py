"""Muting and blocking people, and the list of them. Only who does it sees it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.ui.reasons import back_to

from ..actions.distance import end_distance, keep_distance
from ..models import Distance, User
from ..permissions import visible_people


@require_POST
def person_distance(request: HttpRequest, pk: int) -> HttpResponse:
    """`kind` is mute, block, or nothing to end it; ending works for anybody."""
    user: Any = request.user
    kind = request.POST.get("kind", "")
    if not kind:
        other = get_object_or_404(User, pk=pk, pk__in=user.distances.values("other"))
        end_distance(by=user, other=other)
        messages.success(request, _("You see and hear %(name)s again.") % {"name": other.name})
        return redirect(back_to(request, reverse("distances")))
    other = get_object_or_404(visible_people(user), pk=pk)
    if kind not in Distance.Kind.values:
        raise Http404
    keep_distance(by=user, other=other, kind=kind)
    words = {
        "mute": _("You see less of %(name)s now. Nobody is told."),
        "block": _("%(name)s is kept away from you now. Nobody is told."),
    }
    messages.success(request, words[kind] % {"name": other.name})
    return redirect(other)


@require_GET
def distances(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    rows = user.distances.select_related("other__profile").order_by("other__plain_name", "pk")
    return render(request, "people/distances.html", {"rows": rows})
