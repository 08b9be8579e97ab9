"""A new page that is filled in from a question and the answer that helped. Nothing is published by it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from communities.actions.states import accepted_ids
from communities.models import CommunityPage, Discussion
from communities.permissions import can_read_discussion, readers_among
from kring.conversations.models import Comment
from kring.people.models import User

from ..permissions import can_write_in


def asked_question(request: HttpRequest) -> Discussion | None:
    """The solved question of ?question=. Raises Http404; PermissionDenied where one may not write."""
    asked = request.GET.get("question", "")
    if not asked:
        return None
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    rows: Any = Discussion.objects.standing().filter(community__live=True, accepted__isnull=False)
    found = rows.select_related("community", "author").filter(pk=number).first()
    if found is None or not can_read_discussion(request.user, found):
        raise Http404
    if not can_write_in(request.user, found.community):
        raise PermissionDenied
    return found


def growing_lesson(user: Any, question: Discussion) -> dict[str, Any]:
    """What the form of a lesson begins with."""
    answers = _answers(question)
    initial = {"happened": question.body, "learned": _text(answers)}
    return _start(user, question, answers, initial)


def growing_article(user: Any, question: Discussion) -> dict[str, Any]:
    answers = _answers(question)
    return _start(user, question, answers, {"body": f"{question.body}{_text(answers)}"})


def _start(
    user: Any, question: Discussion, answers: list[Comment], initial: dict[str, Any]
) -> dict[str, Any]:
    """Who reads the question reads the page: it stands in the same community."""
    return {
        "by": user,
        "places": CommunityPage.objects.filter(pk=question.community_id),
        "authors": _authors(question, answers),
        "initial": {
            "title": question.title[:200],
            "community": question.community_id,
            "language": question.language,
            "tag_words": sorted(tag.name for tag in question.tags.all()),
            **initial,
        },
    }


def _answers(question: Discussion) -> list[Comment]:
    """Those that helped, the first chosen first."""
    ids = accepted_ids(question)
    found = Comment.objects.present().with_authors().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _text(answers: list[Comment]) -> str:
    return "".join(answer.body for answer in answers)


def _authors(question: Discussion, answers: list[Comment]) -> list[User]:
    """Who asked and who answered, as far as they are known and still there."""
    people = dict.fromkeys(one for one in [question.author, *(answer.user for answer in answers)] if one)
    return [user for user in readers_among(question.community, people) if user in people]
