"""Handing over, archiving, opening again and merging: asked first, with what will happen, then done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.people.permissions import is_administrator

from .. import actions
from ..forms import HandOverForm, MergeForm
from ..models import CommunityPage, Discussion, Membership
from ..permissions import can_hand_over, can_lead
from ..querysets import CommunityPageQuerySet
from .finding import find_community
from .pending import open_invites, waiting_requests


def _led(request: HttpRequest, pk: int) -> CommunityPage:
    community = find_community(request, pk)
    if not can_lead(request.user, community):
        raise PermissionDenied
    return community


@require_http_methods(["GET", "POST"])
def community_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    community = find_community(request, pk)
    if not can_hand_over(request.user, community):
        raise PermissionDenied
    form = HandOverForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        user, stay = form.cleaned_data["person"], form.cleaned_data["stay"]
        try:
            actions.hand_over(community=community, by=request.user, user=user, stay=stay)
        except ValidationError as error:
            form.add_error("person", error.messages)
        else:
            messages.success(request, _("%(name)s leads it now, and is told.") % {"name": user.name})
            return redirect(community.get_absolute_url())
    leads = Membership.objects.leads().filter(community=community).exclude(user=request.user)
    context = {"community": community, "form": form, "others": [row.user for row in leads.with_people()]}
    return render(request, "communities/hand_over.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def community_archive(request: HttpRequest, pk: int) -> HttpResponse:
    community = _led(request, pk)
    if community.archived_at:
        return redirect(community.get_absolute_url())
    if request.method == "POST":
        actions.archive_community(community=community, by=request.user)
        messages.success(request, _("%(community)s is archived.") % {"community": community.title})
        return redirect(community.get_absolute_url())
    context = {
        "community": community,
        "contents": actions.contents_of(community),
        "unanswered": Discussion.objects.unanswered().filter(community=community).count(),
        "asking": len(waiting_requests(community)),
        "invited": len(open_invites(community)),
    }
    return render(request, "communities/archive.html", context)


@require_http_methods(["GET", "POST"])
def community_open_again(request: HttpRequest, pk: int) -> HttpResponse:
    community = _led(request, pk)
    if not community.archived_at:
        return redirect(community.get_absolute_url())
    if request.method == "POST":
        actions.open_again(community=community, by=request.user)
        messages.success(request, _("%(community)s is open again.") % {"community": community.title})
        return redirect(community.get_absolute_url())
    context = {"community": community, "contents": actions.contents_of(community)}
    return render(request, "communities/open_again.html", context)


@require_http_methods(["GET", "POST"])
def community_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen by ?into=, then shown in numbers, then done."""
    community = _led(request, pk)
    places = _places(request, community)
    given = request.POST if request.method == "POST" else request.GET
    form = MergeForm(given if "into" in given else None, places=places)
    if not form.is_valid():
        context = {"community": community, "form": form, "nowhere": not places.exists()}
        return render(request, "communities/merge.html", context, status=400 if form.errors else 200)
    into = form.cleaned_data["into"]
    if request.method == "POST":
        actions.merge_communities(community=community, into=into, by=request.user)
        words = {"community": community.title, "into": into.title}
        messages.success(request, _("%(community)s has become part of %(into)s.") % words)
        return redirect(into.get_absolute_url())
    return render(request, "communities/merge_confirm.html", _both(community, into))


def _places(request: HttpRequest, community: CommunityPage) -> CommunityPageQuerySet:
    found = CommunityPage.objects.live() if is_administrator(request.user) else _own(request)
    return found.in_use().exclude(pk=community.pk).order_by("title")


def _own(request: HttpRequest) -> CommunityPageQuerySet:
    return CommunityPage.objects.led_by(request.user, Membership.Role.LEAD)


def _both(community: CommunityPage, into: CommunityPage) -> dict[str, object]:
    here = Membership.objects.active().filter(community=community)
    both = here.filter(user__memberships__community=into).count()
    return {
        "community": community,
        "into": into,
        "contents": actions.contents_of(community),
        "there": actions.contents_of(into),
        "both": both,
        "along": actions.what_goes_along(community, into),
        "widens": _reach(into) > _reach(community),
        "narrows": _reach(into) < _reach(community),
    }


def _reach(community: CommunityPage) -> int:
    return 0 if community.openness == CommunityPage.Openness.PRIVATE else 1
