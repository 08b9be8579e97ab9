"""Asking to be let in, and answering who asks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.ui.reasons import back_to

from .. import actions
from ..forms import AnswerForm, RequestForm
from ..models import JoinRequest
from ..permissions import can_ask_in, can_let_in, can_read_community, role_in
from .finding import find_community
from .frame import frame
from .members import members_page
from .pending import waiting_request_of


@require_http_methods(["GET", "POST"])
def community_request(request: HttpRequest, pk: int) -> HttpResponse:
    community = find_community(request, pk)
    if role_in(request.user, community):
        return redirect(community.get_absolute_url())
    if not can_ask_in(request.user, community):
        raise PermissionDenied
    own = waiting_request_of(request.user, community)
    sent = request.POST if request.method == "POST" else None
    form = RequestForm(sent, initial={"message": own.message if own else ""})
    if request.method == "POST" and form.is_valid():
        actions.request_to_join(community=community, by=request.user, message=form.cleaned_data["message"])
        messages.success(request, _("They are told. You hear from them here and in your inbox."))
        return redirect(community.get_absolute_url())
    context = frame(request, community, "front") | {"form": form, "waiting": own}
    return render(request, "communities/request.html", context, status=400 if form.errors else 200)


@require_POST
def request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Also for who was invited to a community that they do not read yet."""
    rows = JoinRequest.objects.filter(community=pk, community__live=True, user=request.user)
    own = get_object_or_404(rows.select_related("community"), state=JoinRequest.State.WAITING)
    actions.withdraw_request(request=own, by=request.user)
    messages.success(request, _("Your request is taken back."))
    readable = can_read_community(request.user, own.community)
    return redirect(own.community.get_absolute_url() if readable else "communities")


@require_POST
def request_answer(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    community = find_community(request, pk)
    if not can_let_in(request.user, community):
        raise PermissionDenied
    asked = get_object_or_404(JoinRequest.objects.select_related("user"), pk=request_pk, community=community)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return members_page(request, community, refused=(asked.pk, form), status=400)
    accept = form.cleaned_data["outcome"] == "accept"
    waited = asked.state == JoinRequest.State.WAITING
    answered = actions.answer_request(
        request=asked, by=request.user, accept=accept, answer=form.cleaned_data["answer"]
    )
    _say(request, answered, waited=waited)
    return redirect(back_to(request, reverse("community_members", args=[community.pk])))


def _say(request: HttpRequest, answered: JoinRequest, *, waited: bool) -> None:
    name = {"name": answered.user.name}
    if not waited or answered.answered_by_id != request.user.pk:
        messages.info(request, _("The request of %(name)s was settled already.") % name)
    elif answered.state == JoinRequest.State.ACCEPTED:
        messages.success(request, _("%(name)s is a member now, and is told.") % name)
    else:
        messages.success(request, _("%(name)s is told that you did not let them in.") % name)
