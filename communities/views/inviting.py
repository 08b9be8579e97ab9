"""Inviting a colleague, and answering an invitation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms import InvitationForm, InviteForm
from ..models import CommunityPage, Invite
from ..permissions import can_invite, can_lead, can_let_in, can_read_community
from .finding import find_community
from .frame import frame
from .pending import came_by_invitation, invite_of, open_invites, waiting_request_of


@require_http_methods(["GET", "POST"])
def community_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to ask in; below it, who was asked and has not answered."""
    community = find_community(request, pk)
    if not can_invite(request.user, community):
        raise PermissionDenied
    form = InviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["person"]
        try:
            actions.invite(
                community=community, by=request.user, user=user, message=form.cleaned_data["message"]
            )
        except ValidationError as error:
            form.add_error("person", error.messages)
        else:
            messages.success(request, _("%(name)s is invited.") % {"name": user.name})
            return redirect("community_invite", pk=community.pk)
    sees_all = can_let_in(request.user, community)
    context = frame(request, community, "members") | {
        "form": form,
        "invites": [one for one in open_invites(community) if sees_all or one.by_id == request.user.pk],
        "lets_in": sees_all,
        "invites_guests": can_lead(request.user, community),
    }
    return render(request, "communities/invite.html", context, status=400 if form.errors else 200)


@require_POST
def invite_withdraw(request: HttpRequest, pk: int, invite_pk: int) -> HttpResponse:
    community = find_community(request, pk)
    rows = Invite.objects.filter(community=community, state=Invite.State.OPEN)
    invitation = get_object_or_404(rows.select_related("community"), pk=invite_pk)
    actions.withdraw_invite(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation is taken back."))
    return redirect("community_invite", pk=community.pk)


@require_http_methods(["GET", "POST"])
def community_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody who was asked in may know, and their answer. For nobody else is it there."""
    community = CommunityPage.objects.live().in_use().filter(pk=pk).first()
    if community is None:
        raise Http404
    invitation, waiting = invite_of(request.user, community), came_by_invitation(request.user, community)
    if invitation is None and waiting is None:
        raise Http404
    if request.method == "POST" and invitation is not None:
        return _answered(request, invitation)
    context = {
        "community": community,
        "invitation": invitation,
        "waiting": waiting,
        "at_once": invitation is not None and actions.lets_in_at_once(invitation),
        "may_read": can_read_community(request.user, community),
    }
    return render(request, "communities/invitation.html", context)


def _answered(request: HttpRequest, invitation: Invite) -> HttpResponse:
    form = InvitationForm(request.POST)
    community = invitation.community
    if not form.is_valid():
        return redirect("community_invitation", pk=community.pk)
    accept = form.cleaned_data["answer"] == "accept"
    actions.answer_invite(invitation=invitation, by=request.user, accept=accept)
    words = {"community": community.title}
    readable = can_read_community(request.user, community)
    if not accept:
        messages.success(request, _("You said no to %(community)s. Nobody is told.") % words)
    elif waiting_request_of(request.user, community):
        messages.success(request, _("Those who look after %(community)s are asked to let you in.") % words)
        return redirect("community_invitation", pk=community.pk)
    else:
        messages.success(request, _("Welcome to %(community)s.") % words)
    return redirect(community.get_absolute_url() if readable else "communities")
