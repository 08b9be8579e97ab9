"""Joining, leaving, and how much one is told."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms import LevelForm
from ..models import CommunityPage, Membership
from ..permissions import can_read_community, role_in
from .finding import find_community


@require_POST
def community_join(request: HttpRequest, pk: int) -> HttpResponse:
    community = find_community(request, pk)
    try:
        actions.join_community(community=community, by=request.user)
    except PermissionDenied:
        messages.error(request, actions.why_not_post(request.user, community))
    else:
        messages.success(request, _("Welcome. You hear about announcements and about what you take part in."))
    return redirect(community.get_absolute_url())


@require_http_methods(["GET", "POST"])
def community_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once, then done; the last lead is told what to do first."""
    community = find_community(request, pk)
    if not role_in(request.user, community):
        return redirect(community.get_absolute_url())
    if request.method == "POST":
        try:
            actions.leave_community(community=community, by=request.user)
        except actions.LastLeadError as error:
            context = {"community": community, "error": error.messages[0]}
            return render(request, "communities/leave.html", context, status=400)
        messages.success(request, _("You left %(community)s.") % {"community": community.title})
        return redirect(_where_to(request, community))
    return render(request, "communities/leave.html", {"community": community})


def _where_to(request: HttpRequest, community: CommunityPage) -> str:
    """A private community is not there any more for who left it."""
    return community.get_absolute_url() if can_read_community(request.user, community) else "communities"


@require_POST
def community_level(request: HttpRequest, pk: int) -> HttpResponse:
    community = find_community(request, pk)
    form = LevelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the four."))
        return redirect(community.get_absolute_url())
    try:
        actions.set_level(community=community, by=request.user, level=form.cleaned_data["level"])
    except Membership.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Kept."))
    return redirect(community.get_absolute_url())


@require_POST
def community_welcomed(request: HttpRequest, pk: int) -> HttpResponse:
    community = find_community(request, pk)
    actions.put_welcome_away(community=community, by=request.user)
    return redirect(community.get_absolute_url())
