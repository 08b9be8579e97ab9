"""One comment: where it stands, changing it, taking it away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kring.ui.reasons import ReasonForm, back_to, reason_in

from .. import actions
from ..forms import CommentForm
from ..kinds import place_of
from ..models import Attachment, Comment
from ..permissions import can_edit_comment, can_remove_comment, target_of, wrote_comment
from .attaching import take_files
from .finding import files_url, find_comment, number_in, people_url


@require_GET
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment by its number: leads to where it stands."""
    return redirect(find_comment(request, pk).get_absolute_url())


@require_http_methods(["GET", "POST"])
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_comment(request, pk)
    if not can_edit_comment(request.user, found):
        raise PermissionDenied
    label = _("Your answer") if found.kind == Comment.Kind.ANSWER else _("Your comment")
    form = CommentForm(request.POST or None, instance=found, label=label)
    target: Any = found.conversation.target
    kept, added = _files(request, found, target, form)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        staying = [one.pk for one in kept]
        try:
            actions.edit_comment(comment=found, by=request.user, body=body, kept=staying, files=added)
        except actions.NotPostedError as error:
            form.add_error("body" if isinstance(error, actions.EmptyError) else None, error)
        else:
            return redirect(found.get_absolute_url())
    context = {
        "form": form,
        "target": target,
        "comment": found,
        "people_url": people_url(target),
        "files_url": files_url(target),
        "files": [*kept, *added],
    }
    return render(request, "conversations/edit.html", context, status=400 if form.errors else 200)


def _files(
    request: HttpRequest, comment: Comment, target: Any, form: CommentForm
) -> tuple[list[Attachment], list[Attachment]]:
    """The comment's files that stay, and those that were added. What is wrong goes into the form."""
    present = list(comment.attachments.all())
    if "with_files" not in request.POST:
        return present, []
    staying = {number_in(given) for given in request.POST.getlist("attachment")}
    added, problems = take_files(request, target)
    for problem in problems:
        form.add_error(None, problem)
    return [one for one in present if one.pk in staying], added


@require_http_methods(["GET", "POST"])
def comment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_comment(request, pk)
    target: Any = found.conversation.target
    audience = target_of(target).audience(target)
    canned = place_of(audience).canned(audience)
    if request.method == "POST":
        reason = reason_in(request, canned)
        actions.remove_comment(comment=found, by=request.user, reason=reason)
        messages.success(request, _("It is removed. What others replied stays."))
        return redirect(back_to(request, target.get_absolute_url()))
    if not can_remove_comment(request.user, found):
        raise PermissionDenied
    is_own = wrote_comment(request.user, found)
    form = None if is_own else ReasonForm(canned=canned)
    context = {"comment": found, "target": target, "is_own": is_own, "form": form}
    return render(request, "conversations/delete.html", context)
