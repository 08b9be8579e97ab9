"""Posting what one says. Plain forms; what was typed is never lost."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms import CommentForm
from ..models import Attachment, Comment
from ..permissions import can_post_on, target_of
from ..showing.anonymous import may_be_anonymous
from ..templatetags.conversations import answer_form, called, comment_form, reply_form
from .attaching import take_files
from .finding import files_url, find_parent, find_target, people_url


@require_http_methods(["GET", "POST"])
def comment_new(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Post on a thing; after an error the form stands on a page of its own with the text in it."""
    target = find_target(request, label, pk)
    if request.method == "GET":
        return redirect(target.get_absolute_url())
    parent = find_parent(request, target)
    wants_answer = request.POST.get("kind") == Comment.Kind.ANSWER
    form = _form(target, parent, wants_answer, request.POST)
    if not can_post_on(request.user, target):
        form.add_error(None, target_of(target).why_not(request.user, target))
        return _write(request, target, form, parent, status=403)
    files, problems = take_files(request, target)
    for problem in problems:
        form.add_error(None, problem)
    if form.is_valid():
        kind = Comment.Kind.ANSWER if wants_answer else Comment.Kind.COMMENT
        body = form.cleaned_data["body"]
        try:
            posted = actions.post_comment(
                target=target,
                by=request.user,
                body=body,
                parent=parent,
                kind=kind,
                files=files,
                anonymous="anonymous" in request.POST,
            )
        except actions.NotPostedError as error:
            form.add_error("body" if isinstance(error, actions.EmptyError) else None, error)
        else:
            if posted.held_for:
                messages.info(
                    request, _("Thank you. A moderator looks at it first; after that everybody sees it.")
                )
            return redirect(posted.url_on(target.get_absolute_url()))
    return _write(request, target, form, parent, status=400, files=files)


def _form(target: Any, parent: Comment | None, wants_answer: bool, data: Any) -> CommentForm:
    if parent is not None:
        return reply_form(called(parent), data)
    return answer_form(data) if wants_answer and target_of(target).asks(target) else comment_form(data)


def _write(
    request: HttpRequest,
    target: Any,
    form: CommentForm,
    parent: Comment | None,
    status: int,
    files: Iterable[Attachment] = (),
) -> HttpResponse:
    context = {
        "form": form,
        "target": target,
        "parent": parent,
        "kind": request.POST.get("kind", ""),
        "people_url": people_url(target),
        "files_url": files_url(target),
        "files": files,
        "may_be_anonymous": may_be_anonymous(target_of(target).audience(target)),
        "was_anonymous": "anonymous" in request.POST,
    }
    return render(request, "conversations/write.html", context, status=status)
