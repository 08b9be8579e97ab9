"""Questions, discussions and announcements: beginning and changing them, and what is said about them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.activity.actions import record
from kring.conversations.actions import register_target
from kring.conversations.actions.sealing import check_anonymous, seal
from kring.conversations.models import Comment
from kring.people.models import User
from kring.ui.richtext.sanitise import sanitise

from ..models import CommunityPage, Discussion
from ..permissions import (
    can_announce_in,
    can_edit_discussion,
    can_moderate,
    can_post_in,
    can_post_on_discussion,
    can_read_discussion,
    readers_among,
)
from .states import accepted_ids, locked, said, state_of, withdraw
from .telling import keep_listeners, tell_of_discussion, why_not_post
from .watching import check_words

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
    anonymous: bool = False,
    is_beginner: bool = False,
) -> Discussion:
    """Ask a question, start a discussion or make an announcement. An anonymous one has no author.

    Raises PermissionDenied, ValueError; ValidationError for words that are not taken there, and where one
    writes under one's own name.
    """
    wanted = Discussion.Kind(kind)
    if wanted not in KINDS:
        raise ValueError(f"a {kind} is not started like this")
    may = can_announce_in if wanted == Discussion.Kind.ANNOUNCEMENT else can_post_in
    if not may(by, community):
        raise PermissionDenied
    check_words(by, community, f"<p>{title}</p>{body}")
    if anonymous:
        check_anonymous(by, community.audience)
    discussion = Discussion.objects.create(
        kind=wanted,
        community=community,
        title=title,
        body=sanitise(body),
        author=None if anonymous else by,
        is_anonymous=anonymous,
        is_beginner=is_beginner and wanted == Discussion.Kind.QUESTION,
        language=language,
    )
    if anonymous:
        seal(discussion, by, community.audience)
    discussion.tags.set(list(tags))
    verb = "asked" if wanted == Discussion.Kind.QUESTION else "posted"
    record(verb=verb, target=discussion, by=discussion.author, audience=community.audience)
    tell_of_discussion(discussion, by=discussion.author)
    return discussion


@transaction.atomic
def edit_discussion(*, discussion: Discussion, by: User, **changes: Any) -> Discussion:
    """Change title, body, tags, language, or whether a beginner asks.

    Raises PermissionDenied, and ValidationError for words that are not taken there.
    """
    discussion = locked(discussion)
    if not can_edit_discussion(by, discussion):
        raise PermissionDenied
    tags = changes.pop("tags", None)
    check_words(by, discussion.community, f"<p>{changes.get('title', '')}</p>{changes.get('body', '')}")
    if "body" in changes:
        changes["body"] = sanitise(changes["body"])
    for name in changes.keys() & {"title", "body", "language", "is_beginner"}:
        setattr(discussion, name, changes[name])
    discussion.edited_at = timezone.now()
    if tags is not None:
        discussion.tags.set(list(tags))
    discussion.save()
    return discussion


@transaction.atomic
def follow_conversation(discussion: Discussion, comment: Comment) -> None:
    """Bring the state and the time of the last word up to date after a comment came or went."""
    discussion = locked(discussion)
    if comment.is_removed:
        withdraw(discussion, comment)
    discussion.state = state_of(discussion)
    last = said(discussion).aggregate(last=Max("submit_date"))["last"]
    discussion.last_activity_at = max(filter(None, [discussion.created_at, last]))
    discussion.save(update_fields=["accepted", "state", "last_activity_at"])


def why_not_say(user: User, discussion: Discussion) -> str:
    """Why this person can add nothing to it. Safe HTML."""
    if discussion.is_over:
        return _("This room is over. What was asked and answered stays here.")
    return why_not_post(user, discussion.community)


def accept_url_of(discussion: Discussion) -> str:
    """Where answers that helped are chosen; empty where there are none to choose."""
    is_question = discussion.kind == Discussion.Kind.QUESTION
    return reverse("discussion_accept", args=[discussion.pk]) if is_question else ""


def hosts_of(discussion: Discussion) -> dict[int, str]:
    """Primary keys of a live room's hosts, each with the word beside their name."""
    if discussion.kind != Discussion.Kind.ROOM:
        return {}
    return dict.fromkeys(discussion.hosts.values_list("pk", flat=True), _("Host"))


def _may(predicate: Any) -> Any:
    return lambda user, discussion: predicate(user, discussion.community)


def register_targets() -> None:
    """Discussions can be talked about."""
    register_target(
        Discussion,
        label="discussion",
        can_read=can_read_discussion,
        can_post=can_post_on_discussion,
        can_moderate=_may(can_moderate),
        why_not=why_not_say,
        audience=lambda discussion: discussion.community.audience,
        authors=lambda discussion: [discussion.author] if discussion.author else [],
        asks=lambda discussion: discussion.kind == Discussion.Kind.QUESTION,
        keep=lambda discussion, reasons: keep_listeners(discussion.community, reasons),
        readers=lambda discussion, people: readers_among(discussion.community, people),
        on_changed=follow_conversation,
        marks=hosts_of,
        accepted=accepted_ids,
        accept_url=accept_url_of,
    )
