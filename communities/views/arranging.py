"""Looking after a conversation: each page says what will happen, and a button does it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.conversations.models import Comment, Conversation
from search.results import UnavailableError
from search.similar import similar

from .. import actions
from ..forms.arranging import CloseForm, MergeForm, MoveForm, SplitForm
from ..models import CommunityPage, Discussion
from ..permissions import can_look_after
from .finding import find_discussion

LIKELY, MOST_SHOWN = 8, 100


def look_after(user: Any, found: Discussion) -> list[dict[str, str]]:
    """Entries of the menu on its page, for those who may."""
    if not can_look_after(user, found):
        return []
    question = found.kind == Discussion.Kind.QUESTION
    room = [("room_edit", "clock", _("Change it"), _("Times, and who answers"))]
    pin = (
        (_("Take it off the top"), "") if found.pinned_at else (_("Pin it"), _("To the top of the community"))
    )
    entries = [
        *(room if found.kind == Discussion.Kind.ROOM else []),
        ("discussion_pin", "bookmark", *pin),
        ("discussion_open", "lock", _("Open it again"), "")
        if found.closed_at
        else ("discussion_close", "lock", _("Close it"), _("And say what came of it")),
        ("discussion_move", "arrow", _("Move it"), _("To another community")),
        ("discussion_split", "swap", _("Split it"), _("A comment becomes a conversation of its own")),
    ]
    if question:
        entries.append(("discussion_merge", "link", _("It was asked before"), _("Bring the two together")))
    entries.append(("discussion_remove", "close", _("Remove it"), _("Nobody reads it any more")))
    return [
        {"url": reverse(name, args=[found.pk]), "icon": icon, "label": label, "hint": hint}
        for name, icon, label, hint in entries
    ]


@require_http_methods(["GET", "POST"])
def discussion_pin(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    pinned = not found.pinned_at

    def act(form: Any) -> HttpResponse:
        actions.pin_discussion(discussion=found, by=request.user, pinned=pinned)
        said = _("It is pinned.") if pinned else _("It is no longer pinned.")
        return _done(request, found, said)

    if pinned:
        sentences = [
            _("It stands first in the community's list and on its front page, until it is taken off.")
        ]
        return _page(request, found, _("Pin it"), sentences, _("Pin it"), act)
    sentences = [_("It stands among the others again, by when somebody last said something.")]
    return _page(request, found, _("Take it off the top"), sentences, _("Take it off"), act)


@require_http_methods(["GET", "POST"])
def discussion_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)

    def act(form: Any) -> HttpResponse:
        actions.close_discussion(discussion=found, by=request.user, **form.cleaned_data)
        return _done(request, found, _("It is closed. You can open it again."))

    sentences = [
        _("Nobody can add to it any more. Everything said stays, and is found."),
        _("Those who take part are told. You can open it again at any time."),
    ]
    return _page(request, found, _("Close it"), sentences, _("Close it"), act, CloseForm)


@require_http_methods(["GET", "POST"])
def discussion_open(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)

    def act(form: Any) -> HttpResponse:
        actions.open_discussion(discussion=found, by=request.user)
        return _done(request, found, _("It is open again."))

    sentences = [_("Everybody who may write in the community can add to it again.")]
    return _page(request, found, _("Open it again"), sentences, _("Open it again"), act)


@require_http_methods(["GET", "POST"])
def discussion_move(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    places = _places(request.user, found)
    if not places.exists():
        sentences = [_("You look after no other community. Ask somebody who looks after both.")]
        return _page(request, found, _("Move it"), sentences, "", _nothing)

    def act(form: Any) -> HttpResponse:
        place = form.cleaned_data["community"]
        actions.move_discussion(discussion=found, to=place, by=request.user)
        return _done(request, found, _("It stands in %(community)s now.") % {"community": place.title})

    sentences = [
        _("From then on the readers of that community read it, and nobody else: also what was said before."),
        _("Its address stays. Those who take part and can read it there are told."),
    ]
    return _page(
        request, found, _("Move it"), sentences, _("Move it"), act, lambda data: MoveForm(data, places=places)
    )


@require_http_methods(["GET", "POST"])
def discussion_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """With ?into=ID that question is chosen already."""
    found = _found(request, pk)
    if found.kind != Discussion.Kind.QUESTION:
        raise Http404
    likely = _likely(request.user, found)

    def act(form: Any) -> HttpResponse:
        into = form.cleaned_data["into"]
        actions.merge_questions(duplicate=found, into=into, by=request.user)
        return _done(request, into, _("The two are one question now."))

    sentences = [
        _("Its answers and comments go to the other question, and its text becomes a comment there."),
        _("Answers that helped stay marked. Its address leads to the other one. This cannot be undone."),
    ]
    return _page(
        request,
        found,
        _("It was asked before"),
        sentences,
        _("Bring them together"),
        act,
        lambda data: MergeForm(data, duplicate=found, likely=likely, into=request.GET.get("into", "")[:17]),
    )


@require_http_methods(["GET", "POST"])
def discussion_split(request: HttpRequest, pk: int) -> HttpResponse:
    """With ?c= that comment is chosen already."""
    found = _found(request, pk)
    about = Conversation.objects.about(found)
    roots = Comment.objects.present().filter(conversation__in=about, level=0).with_authors()
    ids = list(roots.order_by("-submit_date", "-pk").values_list("pk", flat=True)[:MOST_SHOWN])
    if not ids:
        sentences = [_("Nobody has said anything yet that could stand by itself.")]
        return _page(request, found, _("Split it"), sentences, "", _nothing)

    def act(form: Any) -> HttpResponse:
        made = actions.split_comment(by=request.user, **form.cleaned_data)
        return _done(request, made, _("It is a conversation of its own now. A line with a link stays."))

    sentences = [
        _("A comment and what was replied to it become a conversation of their own, in this community."),
        _("Where the comment stood, a line with a link stays. This cannot be undone."),
    ]
    comments = roots.filter(pk__in=ids).order_by("submit_date", "pk")
    initial = {"comment": request.GET.get("c", "")}
    return _page(
        request,
        found,
        _("Split it"),
        sentences,
        _("Split it"),
        act,
        lambda data: SplitForm(data, comments=comments, initial=initial),
    )


def _found(request: HttpRequest, pk: int) -> Discussion:
    """The discussion, for those who look after it. Raises Http404, PermissionDenied."""
    found = find_discussion(request, pk)
    if not can_look_after(request.user, found):
        raise PermissionDenied
    return found


def _places(user: Any, found: Discussion) -> Any:
    places = CommunityPage.objects.live().filter(archived_at=None).exclude(pk=found.community_id)
    if not user.is_superuser:
        places = places & CommunityPage.objects.led_by(user)
    return places.order_by("title")


def _likely(user: Any, found: Discussion) -> list[Discussion]:
    """Questions of the same community that search thinks alike, then those with a tag in common."""
    same = Discussion.objects.standing().questions().filter(community=found.community_id).exclude(pk=found.pk)
    try:
        cards = similar(user, found.title)
    except UnavailableError:
        cards = []
    ids = [card.hit.object_id for card in cards if card.hit.kind == "question"]
    by_search = same.in_bulk(ids)
    alike = [by_search[pk] for pk in ids if pk in by_search]
    tagged = same.tagged([tag.name for tag in found.tags.all()]).order_by("-created_at")[:LIKELY]
    return [*alike, *(one for one in tagged if one not in alike)][:LIKELY]


def _nothing(form: Any) -> HttpResponse:
    raise PermissionDenied


def _done(request: HttpRequest, found: Discussion, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("discussion_by_number", pk=found.pk)


def _page(
    request: HttpRequest,
    found: Discussion,
    title: str,
    sentences: list[str],
    action: str,
    act: Callable[[Any], HttpResponse],
    make_form: Callable[[Any], Any] | None = None,
) -> HttpResponse:
    """Without an action there is nothing to press."""
    form = make_form(request.POST if request.method == "POST" else None) if make_form else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return act(form)
        except ValidationError as error:
            if form is None:
                raise
            form.add_error(None, error.messages)
    context = {
        "discussion": found,
        "form": form,
        "title": title,
        "sentences": sentences,
        "action": action,
    }
    return render(request, "communities/arrange.html", context, status=400 if form and form.errors else 200)
