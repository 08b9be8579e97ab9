"""Announcing a live room, and changing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms.room import RoomForm
from ..models import CommunityPage, Discussion
from ..permissions import can_look_after
from .finding import find_discussion, number_in


@require_http_methods(["GET", "POST"])
def room_new(request: HttpRequest) -> HttpResponse:
    """With ?community=ID that one is chosen already."""
    places = _places(request.user)
    if not places.exists():
        raise PermissionDenied
    wanted = number_in(request.GET, "community")
    chosen = places.filter(pk=wanted).first() or (places.first() if places.count() == 1 else None)
    language = chosen.language if chosen else request.user.language or get_language()
    form = RoomForm(
        request.POST or None,
        by=request.user,
        places=places,
        initial={"community": chosen.pk if chosen else None, "language": language},
    )
    if request.method == "POST" and form.is_valid():
        room = _saved(form, actions.start_room, by=request.user)
        if room:
            messages.success(request, _("It is announced. People can put their questions already."))
            return redirect(room.get_absolute_url())
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
def room_edit(request: HttpRequest, pk: int) -> HttpResponse:
    room = find_discussion(request, pk)
    if not can_look_after(request.user, room):
        raise PermissionDenied
    if room.kind != Discussion.Kind.ROOM:
        raise Http404
    form = RoomForm(request.POST or None, instance=room, by=request.user)
    if request.method == "POST" and form.is_valid():
        changed = _saved(form, actions.change_room, by=request.user, room=room)
        if changed:
            messages.success(request, _("Kept."))
            return redirect(changed.get_absolute_url())
    return _page(request, form, room)


def _places(user: Any) -> Any:
    places = CommunityPage.objects.live().filter(archived_at=None)
    if not user.is_superuser:
        places = places & CommunityPage.objects.led_by(user)
    return places.order_by("title")


def _saved(form: RoomForm, action: Any, **given: Any) -> Any:
    """What the action gives; None after its complaints were put on the form."""
    try:
        return action(**given, **form.values())
    except ValidationError as error:
        for field, problems in error.message_dict.items():
            form.add_error(field if field in form.fields else None, problems)
        return None


def _page(request: HttpRequest, form: RoomForm, room: Discussion | None) -> HttpResponse:
    status = 400 if form.errors else 200
    return render(request, "communities/room_write.html", {"form": form, "discussion": room}, status=status)
