"""Following, muting and keeping."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .. import actions
from ..models import Comment
from ..showing.kept import kept_by
from .finding import find_comment, find_target

PAGE_SIZE = 20


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What one keeps, the newest first."""
    page = Paginator(kept_by(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "conversations/kept.html", {"page": page})


@require_POST
def target_follow(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    target = find_target(request, label, pk)
    state = request.POST.get("state", "")
    try:
        actions.choose_following(target=target, by=request.user, state=state)
    except ValueError:
        raise BadRequest("no such state") from None
    words = {
        "follow": _("You hear of everything that is said here."),
        "mute": _("You hear nothing more of this, unless somebody mentions you or replies to you."),
    }
    messages.success(request, words.get(state, _("You hear of it as usual: when it concerns you.")))
    return redirect(target.get_absolute_url())


@require_POST
def target_keep(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    target = find_target(request, label, pk)
    return _keep(request, target, None, target.get_absolute_url())


@require_POST
def comment_keep(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_comment(request, pk)
    return _keep(request, found.conversation.target, found, found.get_absolute_url())


def _keep(request: HttpRequest, target: Any, comment: Comment | None, address: str) -> HttpResponse:
    """A button is called "keep" with "yes" or "no"; without a value where it cannot know which of the two."""
    wanted = {"yes": True, "no": False}.get(request.POST.get("keep", ""))
    is_kept = actions.keep(target=target, by=request.user, comment=comment, wanted=wanted)
    words = _("You find it again under Kept, in your menu.") if is_kept else _("It is no longer kept.")
    messages.success(request, words)
    return redirect("kept" if request.POST.get("back") == "kept" else address)
