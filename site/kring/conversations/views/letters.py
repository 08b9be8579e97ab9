"""Letters between moderators and whoever wrote something anonymously. Neither side sees who the author is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .. import actions
from ..actions.decisions import label_of
from ..actions.letters import opened_for
from ..actions.reporting import title_of
from ..forms import LetterForm, OpeningForm
from ..kinds import looks_after, place_of
from ..models import Decision, Seal, SealBlock, SealOpening
from ..permissions import can_open_seal, can_write_letter, concerns, holds_seal
from .finding import number_in


@require_GET
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find_seal(request, pk))


@require_POST
def letter_write(request: HttpRequest, pk: int) -> HttpResponse:
    seal = find_seal(request, pk)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, seal, status=400, letter_form=form)
    actions.write_letter(seal=seal, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Your letter is there."))
    return redirect("letters", pk=pk)


@require_POST
def seal_block(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever it is writes under their own name there for 30 days."""
    seal = find_seal(request, pk)
    actions.block_anonymous(seal=seal, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("For 30 days this person writes under their own name here. They are told."))
    return redirect("letters", pk=pk)


@require_POST
def seal_ask(request: HttpRequest, pk: int) -> HttpResponse:
    seal = find_seal(request, pk)
    if not can_open_seal(request.user, seal):
        raise PermissionDenied
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _page(request, seal, status=400, opening_form=form)
    actions.ask_opening(seal=seal, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("A second lead is asked to agree."))
    return redirect("letters", pk=pk)


@require_POST
def seal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A second lead agrees that the seal is opened, or not."""
    seal = find_seal(request, pk)
    if not can_open_seal(request.user, seal):
        raise PermissionDenied
    wanted = number_in(request.POST.get("opening", ""))
    opening = SealOpening.objects.filter(seal=seal, pk=wanted).first()
    if opening is None:
        raise Http404
    try:
        if request.POST.get("agree") == "1":
            actions.agree_opening(opening=opening, by=request.user)
            messages.success(request, _("You both see now who wrote it. The person is told."))
        else:
            actions.refuse_opening(opening=opening, by=request.user)
            messages.success(request, _("The seal stays closed."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("letters", pk=pk)


def find_seal(request: HttpRequest, pk: int) -> Seal:
    found = Seal.objects.filter(pk=pk).first()
    if found is None or not can_write_letter(request.user, found):
        raise Http404
    return found


def _page(request: HttpRequest, seal: Seal, status: int = 200, **forms: Any) -> HttpResponse:
    user: Any = request.user
    thing: Any = seal.thing
    is_author = holds_seal(user, thing)
    leads = not is_author and can_open_seal(user, seal)
    waiting = seal.openings.filter(agreed_at=None, refused_at=None).select_related("asked_by").first()
    about = Decision.objects.filter(content_type=seal.content_type, object_id=seal.object_id)
    context = {
        "seal": seal,
        "is_author": is_author,
        "moderates": not is_author and looks_after(user, seal.audience),
        "place": place_of(seal.audience).thing(seal.audience),
        "title": title_of(thing),
        "url": thing.get_absolute_url(),
        "text": thing.body,
        "rows": seal.messages.select_related("by__profile"),
        "decisions": [
            (label_of(row.verb), row, is_author and concerns(user, row))
            for row in about.filter(undone_at=None)
        ],
        "blocked_until": _blocked_until(seal),
        "letter_form": forms.get("letter_form") or LetterForm(),
        "opening_form": (forms.get("opening_form") or OpeningForm()) if leads and not waiting else None,
        "waiting": waiting if leads else None,
        "may_agree": bool(leads and waiting and waiting.asked_by_id != user.pk),
        "opened": is_author and seal.openings.exclude(agreed_at=None).exists(),
        "person": opened_for(seal, user) if leads else None,
    }
    return render(request, "conversations/letters.html", context, status=status)


def _blocked_until(seal: Seal) -> Any:
    blocks = SealBlock.objects.filter(audience=seal.audience, holder=seal.holder, until__gt=timezone.now())
    return blocks.values_list("until", flat=True).first()
