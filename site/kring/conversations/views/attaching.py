"""Adding files to what is being written."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from .. import actions
from ..models import Attachment
from ..permissions import can_post_on
from .finding import find_target, number_in


@require_POST
def file_new(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Keep files, each sent as "files": their lines for the form, or what is wrong with them (status 400)."""
    target = find_target(request, label, pk)
    if not can_post_on(request.user, target):
        raise PermissionDenied
    taken, problems = take_files(request, target)
    status = 400 if problems or not taken else 200
    context = {"files": taken, "problems": problems}
    return render(request, "conversations/file_lines.html", context, status=status)


def take_files(request: HttpRequest, target: Any) -> tuple[list[Attachment], list[str]]:
    """The files that came along or were added before, and what is wrong with those that were not taken."""
    numbers = [number_in(given) for given in request.POST.getlist("attachment")]
    taken = actions.unposted_of(target, numbers, by=request.user)
    problems = []
    for upload in request.FILES.getlist("files")[: actions.MOST_FILES * 2]:
        try:
            taken.append(actions.attach_file(target=target, by=request.user, upload=upload))
        except actions.NotAttachedError as error:
            problems += error.messages
    return taken, problems
