"""Asking a question, starting a discussion, and changing it afterwards."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kring.conversations.actions import suggest_people
from kring.conversations.actions.holding import REFUSED
from kring.ui.richtext.text import to_text
from search.results import UnavailableError
from search.similar import similar

from .. import actions
from ..forms import DiscussionForm
from ..models import CommunityPage, Discussion
from ..panels import talk_of
from ..permissions import can_edit_discussion, can_post_in, can_post_on_discussion, can_take_back
from .finding import find_community, find_discussion, number_in

BEGUN = (Discussion.Kind.QUESTION, Discussion.Kind.DISCUSSION, Discussion.Kind.ANNOUNCEMENT)


@require_http_methods(["GET", "POST"])
def discussion_new(request: HttpRequest) -> HttpResponse:
    """With ?community=ID&kind=question those are chosen already."""
    return _new(request, request.GET.get("kind", ""))


@require_http_methods(["GET", "POST"])
def discussion_start(request: HttpRequest) -> HttpResponse:
    return _new(request, Discussion.Kind.DISCUSSION)


def _new(request: HttpRequest, kind: str) -> HttpResponse:
    places = CommunityPage.objects.open_to_posts_by(request.user).order_by("title")
    form = DiscussionForm(
        request.POST or None, by=request.user, places=places, initial=_initial(request, places, kind)
    )
    looked = "look" in request.POST
    if request.method == "POST" and not looked and form.is_valid():
        try:
            made = actions.start_discussion(by=request.user, **form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _say_held(request, made)
            return redirect(made.get_absolute_url())
    context = {
        "form": form,
        "kind": form["kind"].value(),
        "nowhere": not places.exists(),
        "people_url": reverse("discussion_people"),
    }
    if looked:
        context |= {"looked": True, "similar": _similar(request, form)}
    return render(request, "communities/ask.html", context, status=400 if form.errors else 200)


@require_GET
def discussion_people(request: HttpRequest) -> HttpResponse:
    """Whom one may name in what one begins to ask: ?community=ID&q=LETTERS, as options of a list."""
    people: list[Any] = []
    if pk := number_in(request.GET, "community"):
        community = find_community(request, pk)
        if not can_post_in(request.user, community):
            raise PermissionDenied
        people = suggest_people(Discussion(community=community), request.GET.get("q", ""), by=request.user)
    return render(request, "conversations/people.html", {"people": people})


@require_http_methods(["GET", "POST"])
def discussion_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_discussion(request, pk)
    if not can_take_back(request.user, found):
        raise PermissionDenied
    if request.method == "POST":
        actions.take_back_discussion(discussion=found, by=request.user)
        messages.success(request, _("It is gone."))
        return redirect(talk_of(found.community))
    return render(request, "communities/discussion_take_back.html", {"discussion": found})


def _say_held(request: HttpRequest, discussion: Discussion) -> None:
    if discussion.held_for and discussion.held_for != REFUSED:
        words = _("Thank you. A moderator looks at it first; after that everybody sees it.")
        messages.info(request, words)


def _similar(request: HttpRequest, form: DiscussionForm) -> list[Any]:
    """What was asked before; the form comes back as it was typed, and complains of nothing yet."""
    form.full_clean()
    form.errors.clear()
    title, body = request.POST.get("title", ""), form.cleaned_data.get("body") or ""
    try:
        return similar(request.user, title, to_text(body))
    except UnavailableError:
        return []


def _initial(request: HttpRequest, places: Any, kind: str) -> dict[str, Any]:
    asked = request.GET.get("community", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    ids = list(places.values_list("pk", flat=True))
    chosen = wanted if wanted in ids else (ids[0] if len(ids) == 1 else None)
    community = next((one for one in places if one.pk == chosen), None)
    return {
        "kind": kind if kind in BEGUN else Discussion.Kind.QUESTION,
        "community": chosen,
        "title": request.GET.get("title", "")[:200],
        "language": community.language if community else request.user.language or get_language(),
    }


@require_http_methods(["GET", "POST"])
def discussion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    discussion = find_discussion(request, pk)
    if not can_edit_discussion(request.user, discussion):
        raise PermissionDenied
    form = DiscussionForm(request.POST or None, instance=discussion, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            edited = actions.edit_discussion(discussion=discussion, by=request.user, **form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _say_held(request, edited)
            return redirect(edited.get_absolute_url())
    may_name = can_post_on_discussion(request.user, discussion)
    people = reverse("people_to_mention", args=["discussion", discussion.pk]) if may_name else ""
    context = {"form": form, "discussion": discussion, "kind": discussion.kind, "people_url": people}
    return render(request, "communities/ask.html", context, status=400 if form.errors else 200)
