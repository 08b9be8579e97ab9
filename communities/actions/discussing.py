"""Questions, discussions and announcements: beginning, changing, choosing the answer that helped."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kring.activity.actions import record
from kring.conversations.actions import register_target
from kring.conversations.models import Comment
from kring.people.models import User
from kring.ui.richtext.sanitise import sanitise

from ..models import CommunityPage, Discussion
from ..permissions import (
    can_accept_answer,
    can_announce_in,
    can_edit_discussion,
    can_moderate,
    can_post_in,
    can_read_discussion,
)
from .telling import keep_listeners, tell_accepted, tell_of_discussion, why_not_post

KINDS = (Discussion.Kind.QUESTION, Discussion.Kind.DISCUSSION, Discussion.Kind.ANNOUNCEMENT)


@transaction.atomic
def start_discussion(
    *,
    by: User,
    community: CommunityPage,
    kind: str,
    title: str,
    body: str = "",
    tags: Iterable[str] = (),
    language: str = "en",
) -> Discussion:
    """Ask a question, start a discussion or make an announcement. Raises PermissionDenied, ValueError."""
    wanted = Discussion.Kind(kind)
    if wanted not in KINDS:
        raise ValueError(f"a {kind} is not started like this")
    may = can_announce_in if wanted == Discussion.Kind.ANNOUNCEMENT else can_post_in
    if not may(by, community):
        raise PermissionDenied
    discussion = Discussion.objects.create(
        kind=wanted, community=community, title=title, body=sanitise(body), author=by, language=language
    )
    discussion.tags.set(list(tags))
    verb = "asked" if wanted == Discussion.Kind.QUESTION else "posted"
    record(verb=verb, target=discussion, by=by, audience=community.audience)
    tell_of_discussion(discussion, by=by)
    return discussion


@transaction.atomic
def edit_discussion(*, discussion: Discussion, by: User, **changes: Any) -> Discussion:
    """Change title, body, tags or language. Raises PermissionDenied."""
    discussion = _locked(discussion)
    if not can_edit_discussion(by, discussion):
        raise PermissionDenied
    tags = changes.pop("tags", None)
    if "body" in changes:
        changes["body"] = sanitise(changes["body"])
    for name in changes.keys() & {"title", "body", "language"}:
        setattr(discussion, name, changes[name])
    discussion.edited_at = timezone.now()
    if tags is not None:
        discussion.tags.set(list(tags))
    discussion.save()
    return discussion


@transaction.atomic
def accept_answer(*, discussion: Discussion, by: User, answer: Comment | None) -> Discussion:
    """Say which answer helped; None takes it back. Raises PermissionDenied.

    Raises ValueError when that is no answer to this question, or was removed.
    """
    discussion = _locked(discussion)
    if not can_accept_answer(by, discussion):
        raise PermissionDenied
    if answer is not None and not _answers(discussion).filter(pk=answer.pk).exists():
        raise ValueError("not an answer to this question")
    if discussion.accepted_id == (answer.pk if answer else None):
        return discussion
    discussion.accepted = answer
    discussion.state = _state(discussion)
    discussion.save(update_fields=["accepted", "state"])
    if answer is not None:
        record(verb="accepted", target=answer, by=by, audience=discussion.community.audience)
        if answer.user:
            tell_accepted(discussion, answer, by=by)
    return discussion


@transaction.atomic
def follow_conversation(discussion: Discussion, comment: Comment) -> None:
    """Bring the state and the time of the last word up to date after a comment came or went."""
    discussion = _locked(discussion)
    if discussion.accepted_id == comment.pk and comment.is_removed:
        discussion.accepted = None
    discussion.state = _state(discussion)
    last = _said(discussion).aggregate(last=Max("submit_date"))["last"]
    discussion.last_activity_at = max(filter(None, [discussion.created_at, last]))
    discussion.save(update_fields=["accepted", "state", "last_activity_at"])


def _locked(discussion: Discussion) -> Discussion:
    return Discussion.objects.select_for_update().get(pk=discussion.pk)


def _said(discussion: Discussion) -> Any:
    about = {
        "conversation__content_type__app_label": "communities",
        "conversation__content_type__model": "discussion",
        "conversation__object_id": discussion.pk,
    }
    return Comment.objects.present().filter(**about).order_by()


def _answers(discussion: Discussion) -> Any:
    return _said(discussion).filter(kind=Comment.Kind.ANSWER)


def _state(discussion: Discussion) -> str:
    if discussion.kind != Discussion.Kind.QUESTION:
        return Discussion.State.OPEN
    if discussion.accepted_id:
        return Discussion.State.SOLVED
    return Discussion.State.ANSWERED if _answers(discussion).exists() else Discussion.State.OPEN


def _may(predicate: Any) -> Any:
    return lambda user, discussion: predicate(user, discussion.community)


def register_targets() -> None:
    """Discussions can be talked about."""
    register_target(
        Discussion,
        label="discussion",
        can_read=can_read_discussion,
        can_post=_may(can_post_in),
        can_moderate=_may(can_moderate),
        why_not=lambda user, discussion: why_not_post(user, discussion.community),
        audience=lambda discussion: discussion.community.audience,
        authors=lambda discussion: [discussion.author] if discussion.author else [],
        asks=lambda discussion: discussion.kind == Discussion.Kind.QUESTION,
        keep=lambda discussion, reasons: keep_listeners(discussion.community, reasons),
        on_changed=follow_conversation,
    )
