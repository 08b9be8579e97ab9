"""What moderators decide about a question or discussion: removing it, letting it through or not."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.conversations.kinds import place_of
from kring.ui.reasons import ReasonForm, back_to, reason_in

from .. import actions
from ..models import Discussion
from ..panels import talk_of
from ..permissions import can_look_after, can_moderate
from .finding import find_discussion


@require_http_methods(["GET", "POST"])
def discussion_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first, with a word for whoever began it; from the queue the word comes along."""
    found = find_discussion(request, pk)
    if not can_look_after(request.user, found):
        raise PermissionDenied
    canned = list(place_of(found.community.audience).canned(found.community.audience))
    if request.method == "POST":
        reason = reason_in(request, canned)
        actions.remove_discussion(discussion=found, by=request.user, reason=reason)
        messages.success(request, _("It is removed. Under “What was decided” you can take that back."))
        return redirect(back_to(request, talk_of(found.community)))
    context = {"discussion": found, "form": ReasonForm(canned=canned)}
    return render(request, "communities/discussion_remove.html", context)


@require_POST
def discussion_release(request: HttpRequest, pk: int) -> HttpResponse:
    found = _moderated(request, pk)
    actions.release_discussion(discussion=found, by=request.user)
    messages.success(request, _("Everybody sees it now."))
    return redirect(back_to(request, found.get_absolute_url()))


@require_POST
def discussion_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = _moderated(request, pk)
    reason = reason_in(request, place_of(found.community.audience).canned(found.community.audience))
    actions.refuse_discussion(discussion=found, by=request.user, reason=reason)
    messages.success(request, _("It stays hidden. Whoever wrote it is told, and keeps the text."))
    return redirect(back_to(request, found.get_absolute_url()))


def _moderated(request: HttpRequest, pk: int) -> Discussion:
    found = find_discussion(request, pk)
    if not can_moderate(request.user, found.community):
        raise PermissionDenied
    return found
