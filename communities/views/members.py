"""Who belongs to a community."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import actions
from ..forms import AddMemberForm, RoleForm
from ..models import CommunityPage, Membership
from ..permissions import can_lead, can_let_in
from .finding import find_community
from .frame import frame
from .pending import waiting_requests

PAGE_SIZE = 40


@require_GET
def community_members(request: HttpRequest, pk: int) -> HttpResponse:
    return members_page(request, find_community(request, pk))


def members_page(
    request: HttpRequest,
    community: CommunityPage,
    form: Any = None,
    *,
    refused: tuple[int, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list. refused: the number of a request and the answer to it that came back."""
    words = request.GET.get("words", "").strip()[:100]
    role = request.GET.get("role", "")
    rows = Membership.objects.active().filter(community=community).with_people().in_order()
    if words:
        rows = rows.called(words)
    if role in Membership.Role.values:
        rows = rows.filter(role=role)
    may_let_in = can_let_in(request.user, community)
    since = request.GET.get("since", "")
    if since == "new":
        rows = rows.newcomers()
    elif since == "quiet" and may_let_in:
        rows = rows.quiet_in(community)
    query = request.GET.copy()
    query.pop("page", None)
    context = frame(request, community, "members") | {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "words": words,
        "chosen_role": role,
        "since": since,
        "narrowed": bool(words or role or since),
        "roles": Membership.Role.choices,
        "query": query.urlencode(),
        "form": form or AddMemberForm(by=request.user),
        "requests": waiting_requests(community) if may_let_in else [],
        "refused": dict([refused] if refused else []),
    }
    return render(request, "communities/members.html", context, status=status)


def _led(request: HttpRequest, pk: int) -> CommunityPage:
    """The community, for those who lead it. Raises Http404, PermissionDenied."""
    community = find_community(request, pk)
    if not can_lead(request.user, community):
        raise PermissionDenied
    return community


@require_POST
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    community = _led(request, pk)
    form = AddMemberForm(request.POST, by=request.user)
    if not form.is_valid():
        return members_page(request, community, form, status=400)
    user = form.cleaned_data["person"]
    if Membership.objects.filter(community=community, user=user).exists():
        form.add_error("person", _("%(name)s is a member already.") % {"name": user.name})
        return members_page(request, community, form, status=400)
    actions.add_member(community=community, by=request.user, user=user, role=form.cleaned_data["role"])
    messages.success(request, _("%(name)s is a member now.") % {"name": user.name})
    return redirect("community_members", pk=community.pk)


@require_POST
def member_role(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    community = _led(request, pk)
    membership = _member(community, user_pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.change_role(
            community=community, by=request.user, user=membership.user, role=form.cleaned_data["role"]
        )
    except actions.LastLeadError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The role of %(name)s is changed.") % {"name": membership.user.name})
    return redirect("community_members", pk=community.pk)


@require_http_methods(["GET", "POST"])
def member_remove(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    community = _led(request, pk)
    membership = _member(community, user_pk)
    if request.method == "GET":
        context = {"community": community, "person": membership.user}
        return render(request, "communities/member_remove.html", context)
    try:
        actions.remove_member(community=community, by=request.user, user=membership.user)
    except actions.LastLeadError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("%(name)s is no longer a member.") % {"name": membership.user.name})
    return redirect("community_members", pk=community.pk)


def _member(community: CommunityPage, user_pk: int) -> Membership:
    return get_object_or_404(Membership.objects.with_people(), community=community, user=user_pk)
