"""Saying that a moderator should look at something."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.ui.reasons import back_to

from .. import actions
from ..forms import ReportForm
from ..permissions import audience_of_thing, can_report
from .finding import find_comment, find_target
from .judging import reason_for

COMMENT = "comment"


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Of a comment, or of a thing that is talked about. One's own cannot be reported."""
    thing = find_thing(request, label, pk)
    if not can_report(request.user, thing):
        raise PermissionDenied
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report_thing(thing=thing, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Those who look after this place are told, and look at it."))
        return redirect(thing.get_absolute_url())
    context = {"form": form, "thing": thing, "comment": thing if label == COMMENT else None}
    context["target"] = thing.conversation.target if label == COMMENT else thing
    return render(request, "conversations/report.html", context, status=400 if form.errors else 200)


@require_POST
def reports_settle(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """All that were made about a thing at once: something was done, or nothing is wrong."""
    thing = find_thing(request, label, pk)
    reason = reason_for(request, audience_of_thing(thing))
    upheld = request.POST.get("upheld") == "1"
    actions.settle_reports(thing=thing, by=request.user, upheld=upheld, reason=reason)
    messages.success(request, _("Thank you. Who reported it is told."))
    return redirect(back_to(request, thing.get_absolute_url()))


def find_thing(request: HttpRequest, label: str, pk: int) -> Any:
    return find_comment(request, pk) if label == COMMENT else find_target(request, label, pk)
