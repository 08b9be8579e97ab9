"""Posting, changing and removing what one says. Plain forms; what was typed is never lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from . import actions
from .forms import CommentForm, PaceForm
from .models import Comment, Conversation
from .permissions import (
    can_edit_comment,
    can_moderate_conversation,
    can_post_on,
    can_read_comment,
    can_read_conversation,
    can_remove_comment,
    target_called,
    target_of,
)
from .templatetags.conversations import answer_form, comment_form, reply_form


@require_http_methods(["GET", "POST"])
def comment_new(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Post on a thing; after an error the form stands on a page of its own with the text in it."""
    target = _target(request, label, pk)
    if request.method == "GET":
        return redirect(target.get_absolute_url())
    parent = _parent(request, target)
    wants_answer = request.POST.get("kind") == Comment.Kind.ANSWER
    form = _form(target, parent, wants_answer, request.POST)
    if not can_post_on(request.user, target):
        form.add_error(None, target_of(target).why_not(request.user, target))
        return _write(request, target, form, parent, status=403)
    if form.is_valid():
        kind = Comment.Kind.ANSWER if wants_answer else Comment.Kind.COMMENT
        body = form.cleaned_data["body"]
        try:
            posted = actions.post_comment(target=target, by=request.user, body=body, parent=parent, kind=kind)
        except actions.NotPostedError as error:
            form.add_error("body" if isinstance(error, actions.EmptyError) else None, error)
        else:
            return redirect(posted.url_on(target.get_absolute_url()))
    return _write(request, target, form, parent, status=400)


@require_http_methods(["GET", "POST"])
def conversation_pace(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Close a conversation, open it again, or slow it down: for those who look after it."""
    target = _target(request, label, pk)
    if not can_moderate_conversation(request.user, target):
        raise PermissionDenied
    about = Conversation.objects.about(target).first() or Conversation()
    initial = {"locked": about.locked, "slow_mode_seconds": about.slow_mode_seconds}
    form = PaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.lock_conversation(target=target, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect(target.get_absolute_url())
    context = {"form": form, "target": target}
    return render(request, "conversations/pace.html", context, status=400 if form.errors else 200)


@require_GET
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment by its number: leads to where it stands."""
    return redirect(_comment(request, pk).get_absolute_url())


@require_http_methods(["GET", "POST"])
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _comment(request, pk)
    if not can_edit_comment(request.user, found):
        raise PermissionDenied
    label = _("Your answer") if found.kind == Comment.Kind.ANSWER else _("Your comment")
    form = CommentForm(request.POST or None, instance=found, label=label)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_comment(comment=found, by=request.user, body=form.cleaned_data["body"])
        except actions.NotPostedError as error:
            form.add_error("body", error)
        else:
            return redirect(found.get_absolute_url())
    context = {"form": form, "target": found.conversation.target, "comment": found}
    return render(request, "conversations/edit.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def comment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = _comment(request, pk)
    target: Any = found.conversation.target
    if request.method == "POST":
        actions.remove_comment(comment=found, by=request.user)
        messages.success(request, _("It is removed. What others replied stays."))
        return redirect(target.get_absolute_url())
    if not can_remove_comment(request.user, found):
        raise PermissionDenied
    return render(request, "conversations/delete.html", {"comment": found, "target": target})


def _target(request: HttpRequest, label: str, pk: int) -> Any:
    entry = target_called(label)
    found = entry.model._default_manager.filter(pk=pk).first() if entry else None
    if found is None or not can_read_conversation(request.user, found):
        raise Http404
    return found


def _comment(request: HttpRequest, pk: int) -> Comment:
    found = Comment.objects.select_related("conversation", "user").filter(pk=pk).first()
    if found is None or not can_read_comment(request.user, found):
        raise Http404
    return found


def _parent(request: HttpRequest, target: models.Model) -> Comment | None:
    given = request.POST.get("parent", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 18):
        raise Http404
    found = (
        Comment.objects.select_related("conversation", "user").filter(pk=int(given), is_public=True).first()
    )
    if found is None or found.conversation.target != target:
        raise Http404
    return found


def _form(target: Any, parent: Comment | None, wants_answer: bool, data: Any) -> CommentForm:
    if parent is not None:
        return reply_form(parent.user.get_short_name() if parent.user else parent.user_name, data)
    return answer_form(data) if wants_answer and target_of(target).asks(target) else comment_form(data)


def _write(
    request: HttpRequest, target: Any, form: CommentForm, parent: Comment | None, status: int
) -> HttpResponse:
    context = {"form": form, "target": target, "parent": parent, "kind": request.POST.get("kind", "")}
    return render(request, "conversations/write.html", context, status=status)
