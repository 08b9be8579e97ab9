"""What helped, whom else it helped, and a question that is open again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.conversations.models import Comment

from .. import actions
from ..forms.arranging import ReasonForm
from ..permissions import can_accept_answer, can_reopen, can_say_solved_too
from .finding import find_discussion, number_in


@require_POST
def discussion_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which answer helped; with helped=no it is taken back."""
    found = find_discussion(request, pk)
    if not can_accept_answer(request.user, found):
        raise PermissionDenied
    answer = Comment.objects.present().filter(pk=number_in(request.POST, "answer")).first()
    if answer is None:
        raise Http404
    if request.POST.get("helped") == "no":
        actions.withdraw_answer(discussion=found, by=request.user, answer=answer)
        messages.success(request, _("It no longer stands as the answer that helped."))
        return redirect(answer.url_on(found.get_absolute_url()))
    try:
        actions.accept_answer(discussion=found, by=request.user, answer=answer)
    except ValueError:
        raise Http404 from None
    messages.success(request, _("Thank you. Others see now what helped."))
    return redirect(answer.url_on(found.get_absolute_url()))


@require_POST
def discussion_solved_too(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_discussion(request, pk)
    if not can_say_solved_too(request.user, found):
        raise PermissionDenied
    said = actions.say_solved_too(discussion=found, by=request.user)
    messages.success(request, _("Thank you. It counts.") if said else _("It is taken back."))
    return redirect(found.get_absolute_url())


@require_http_methods(["GET", "POST"])
def discussion_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It isn't solved after all: the form asks what is still missing."""
    found = find_discussion(request, pk)
    if not can_reopen(request.user, found):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_question(discussion=found, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error("reason", error.messages)
        else:
            messages.success(request, _("The question is open again. Those who take part are told."))
            return redirect(found.get_absolute_url())
    context = {
        "discussion": found,
        "form": form,
        "title": _("It isn't solved after all"),
        "sentences": [
            _("No answer is marked as the one that helped any more. The answers themselves stay."),
            _("What you write here stands above the question, and those who take part are told."),
        ],
        "action": _("Open the question again"),
    }
    return render(request, "communities/arrange.html", context, status=400 if form.errors else 200)
