"""What a request is about; what one may not read is not there."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse

from ..models import Comment
from ..permissions import can_read_comment, can_read_conversation, target_called, target_of


def people_url(target: models.Model) -> str:
    """Where those are looked up who may be mentioned."""
    return reverse("people_to_mention", args=[target_of(target).label, target.pk])


def files_url(target: models.Model) -> str:
    """Where files are sent to while somebody writes."""
    return reverse("file_new", args=[target_of(target).label, target.pk])


def number_in(given: str) -> int:
    """A primary key that was sent, or 0 for anything that is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0


def find_target(request: HttpRequest, label: str, pk: int) -> Any:
    entry = target_called(label)
    found = entry.model._default_manager.filter(pk=pk).first() if entry else None
    if found is None or not can_read_conversation(request.user, found):
        raise Http404
    return found


def find_comment(request: HttpRequest, pk: int) -> Comment:
    found = Comment.objects.select_related("conversation", "user").filter(pk=pk).first()
    if found is None or not can_read_comment(request.user, found):
        raise Http404
    return found


def find_parent(request: HttpRequest, target: models.Model) -> Comment | None:
    given = request.POST.get("parent", "")
    if not given:
        return None
    wanted = Comment.objects.select_related("conversation", "user").filter(pk=number_in(given))
    found = wanted.filter(is_public=True).first()
    if found is None or found.conversation.target != target:
        raise Http404
    return found
