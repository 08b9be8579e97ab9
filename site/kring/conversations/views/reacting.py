"""Giving a reaction and taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions
from ..models import Comment
from .finding import find_comment, find_target


@require_POST
def comment_react(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_comment(request, pk)
    address = found.get_absolute_url()
    if request.POST.get("by") == "same":
        address = address.replace("?", "?by=same&", 1)
    return _react(request, found.conversation.target, found, address)


@require_POST
def target_react(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """React to the thing itself."""
    target = find_target(request, label, pk)
    return _react(request, target, None, target.get_absolute_url())


def _react(request: HttpRequest, target: Any, comment: Comment | None, address: str) -> HttpResponse:
    """A button is called "give", "take", or "turn" where it cannot know which of the two."""
    name = next((name for name in ("give", "take", "turn") if name in request.POST), "")
    wanted = {"give": True, "take": False}.get(name)
    kind = request.POST.get(name, "")
    try:
        given = actions.react(target=target, by=request.user, kind=kind, comment=comment, wanted=wanted)
    except ValueError:
        raise BadRequest("no such reaction") from None
    words = _("Done. Your name stands beside it; press again to take it back.") if given else _("Taken back.")
    messages.success(request, words)
    return redirect(address)
