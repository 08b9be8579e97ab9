"""What moderators decide: letting through, refusing, undoing; and asking to look again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.ui.reasons import back_to, reason_in

from .. import actions
from ..actions.decisions import can_be_undone, label_of
from ..forms import AnswerForm, AppealForm
from ..kinds import looks_after, place_of
from ..models import Appeal, Comment, Decision
from ..permissions import (
    audience_of_thing,
    can_answer_appeal,
    can_appeal,
    can_moderate_conversation,
    can_read_thing,
    can_see_decision,
    concerns,
    targets,
)
from .finding import find_comment


def reason_for(request: HttpRequest, audience: str) -> str:
    return reason_in(request, place_of(audience).canned(audience))


@require_POST
def comment_release(request: HttpRequest, pk: int) -> HttpResponse:
    found = _moderated(request, pk)
    actions.release_comment(comment=found, by=request.user)
    messages.success(request, _("Everybody sees it now."))
    return redirect(back_to(request, found.get_absolute_url()))


@require_POST
def comment_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = _moderated(request, pk)
    reason = reason_for(request, audience_of_thing(found))
    actions.refuse_comment(comment=found, by=request.user, reason=reason)
    messages.success(request, _("It stays hidden. Whoever wrote it is told, and keeps the text."))
    return redirect(back_to(request, found.get_absolute_url()))


def _moderated(request: HttpRequest, pk: int) -> Comment:
    found = find_comment(request, pk)
    if not can_moderate_conversation(request.user, found.conversation.target):
        raise PermissionDenied
    return found


@require_GET
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided and why: for whom it concerns, and for who looks after the place."""
    return _page(request, find_decision(request, pk))


@require_POST
def decision_undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_decision(request, pk)
    if not looks_after(request.user, found.audience):
        raise PermissionDenied
    try:
        actions.undo_decision(decision=found, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("It is taken back."))
    return redirect(back_to(request, reverse("decision", args=[pk])))


@require_POST
def decision_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_decision(request, pk)
    form = AppealForm(request.POST)
    if not concerns(request.user, found):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, found, appeal_form=form, status=400)
    try:
        actions.appeal(decision=found, by=request.user, text=form.cleaned_data["text"])
    except actions.AppealedError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Another moderator looks at it, and you hear of it."))
    return redirect("decision", pk=pk)


@require_POST
def appeal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = Appeal.objects.select_related("decision", "by").filter(pk=pk).first()
    if found is None or not can_see_decision(request.user, found.decision):
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found.decision, answer_form=form, status=400)
    granted = request.POST.get("granted") == "1"
    try:
        actions.answer_appeal(
            appeal=found, by=request.user, granted=granted, answer=form.cleaned_data["answer"]
        )
    except actions.NotUndoneError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Who asked is told."))
    return redirect(back_to(request, reverse("decision", args=[found.decision_id])))


def find_decision(request: HttpRequest, pk: int) -> Decision:
    found = Decision.objects.select_related("by", "affected", "undone_by").filter(pk=pk).first()
    if found is None or not can_see_decision(request.user, found):
        raise Http404
    return found


def _page(request: HttpRequest, found: Decision, status: int = 200, **forms: Any) -> HttpResponse:
    user: Any = request.user
    appeal = Appeal.objects.select_related("by", "answered_by").filter(decision=found).first()
    moderates = looks_after(user, found.audience)
    is_mine = concerns(user, found)
    thing: Any = found.thing
    url = thing.get_absolute_url() if _may_open(user, thing) else ""
    context = {
        "decision": found,
        "what": label_of(found.verb),
        "place": place_of(found.audience).thing(found.audience),
        "url": url,
        "text": _text(thing, url) if is_mine or moderates else "",
        "is_mine": is_mine,
        "moderates": moderates,
        "may_undo": moderates and not is_mine and can_be_undone(found),
        "appeal": appeal,
        "appeal_form": (forms.get("appeal_form") or AppealForm()) if can_appeal(user, found) else None,
        "answer_form": None,
    }
    if appeal and appeal.state == Appeal.State.OPEN and can_answer_appeal(user, appeal):
        context["answer_form"] = forms.get("answer_form") or AnswerForm()
    return render(request, "conversations/decision.html", context, status=status)


def _text(thing: Any, url: str) -> str:
    """Of a comment; of what else is talked about as long as it cannot be read where it stands."""
    return str(thing.body) if isinstance(thing, Comment) or (not url and hasattr(thing, "body")) else ""


def _may_open(user: Any, thing: Any) -> bool:
    known = {entry.model for entry in targets()}
    return (isinstance(thing, Comment) or type(thing) in known) and can_read_thing(user, thing)
