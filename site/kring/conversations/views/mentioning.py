"""Whom somebody may mean while they write an @."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .. import actions
from ..permissions import can_post_on
from .finding import find_target


@require_GET
def people_to_mention(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """At most eight readers whose names begin like that, as options of a list."""
    target = find_target(request, label, pk)
    if not can_post_on(request.user, target):
        raise PermissionDenied
    people = actions.suggest_people(target, request.GET.get("q", ""), by=request.user)
    return render(request, "conversations/people.html", {"people": people})
