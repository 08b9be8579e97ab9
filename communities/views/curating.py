"""What stands on the front page, in which order. Works with buttons alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms import CuratedItemForm
from ..models import CommunityPage, CuratedItem
from ..permissions import can_moderate
from .community import curated_of
from .finding import find_community


def _curated(request: HttpRequest, pk: int) -> CommunityPage:
    """The community, for those who look after it. Raises Http404, PermissionDenied."""
    community = find_community(request, pk)
    if not can_moderate(request.user, community):
        raise PermissionDenied
    return community


def _item(community: CommunityPage, item_pk: int) -> CuratedItem:
    return get_object_or_404(CuratedItem.objects.select_related("community"), pk=item_pk, community=community)


@require_http_methods(["GET", "POST"])
def community_curated(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with its buttons, and the form to add to it."""
    community = _curated(request, pk)
    form = CuratedItemForm(request.POST or None, community=community)
    if request.method == "POST" and form.is_valid():
        try:
            actions.curate(community=community, by=request.user, **form.values())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("It stands on the front page."))
            return redirect("community_curated", pk=community.pk)
    context = {"community": community, "form": form, "curated": curated_of(request.user, community)}
    return render(request, "communities/curated.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def curated_edit(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    community = _curated(request, pk)
    item = _item(community, item_pk)
    form = CuratedItemForm(request.POST or None, instance=item, community=community)
    if item.page_id:
        # A page from elsewhere in the site stays choosable.
        form.fields["page"].queryset |= type(item.page).objects.filter(pk=item.page_id)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_item(item=item, by=request.user, **form.values())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Kept."))
            return redirect("community_curated", pk=community.pk)
    context = {"community": community, "form": form, "item": item}
    return render(request, "communities/curated_edit.html", context, status=400 if form.errors else 200)


@require_POST
def curated_move(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    community = _curated(request, pk)
    actions.move_item(item=_item(community, item_pk), by=request.user, up=request.POST.get("to") == "up")
    return redirect("community_curated", pk=community.pk)


@require_POST
def curated_remove(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    community = _curated(request, pk)
    actions.uncurate(item=_item(community, item_pk), by=request.user)
    messages.success(request, _("It is off the front page; the page itself is still there."))
    return redirect("community_curated", pk=community.pk)
