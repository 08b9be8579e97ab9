"""How a comment read before it was changed."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kring.ui.richtext.differences import Piece, differences

from ..models import Comment
from ..permissions import can_read_history
from .finding import find_comment

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Version:
    """What stood there from a moment on, and what that changed."""

    at: datetime
    pieces: list[Piece]
    is_first: bool = False


@require_GET
def comment_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version, the newest first, with what changed marked."""
    found = find_comment(request, pk)
    if not can_read_history(request.user, found):
        raise Http404
    context = {"comment": found, "target": found.conversation.target, "versions": _versions(found)}
    return render(request, "conversations/history.html", context)


def _versions(comment: Comment) -> list[Version]:
    earlier = list(comment.revisions.all()[: SHOWN + 1])
    texts = [comment.body, *(row.body for row in earlier)]
    # A version is as old as the end of the one before it.
    begun = [*(row.until for row in earlier), comment.submit_date]
    found = [
        Version(at, differences(older, text))
        for at, text, older in zip(begun, texts, texts[1:], strict=False)
    ]
    if len(earlier) <= SHOWN:
        found.append(Version(begun[-1], differences(texts[-1], texts[-1]), is_first=True))
    return found
