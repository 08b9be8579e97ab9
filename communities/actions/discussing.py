"""Questions, discussions and announcements: beginning and changing them, and what is said about them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.conversations.actions import register_target
from kring.conversations.actions.sealing import check_anonymous, seal
from kring.conversations.models import Comment
from kring.people.models import User

from ..models import CommunityPage, Discussion
from ..permissions import (
    can_announce_in,
    can_edit_discussion,
    can_moderate,
    can_post_in,
    can_post_on_discussion,
    can_read_discussion,
    readers_of,
    shown_as,
)
from .holding import announce, hold, tell_held
from .mentioning import tell_mentioned, with_people
from .states import accepted_ids, locked, said, state_of, withdraw
from .telling import keep_listeners, why_not_post
from .watching import why_looked_at

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
    looked_at: bool = False,
) -> Discussion:
    """Ask a question, start a discussion or make an announcement. An anonymous one has no author.

    What a moderator looks at first is read by its author and moderators alone, and told to nobody but them;
    `looked_at`: its words are a moderator's already.
    Raises PermissionDenied, ValueError; ValidationError for words that are not taken there, and where one
    writes under one's own name.
    """
    wanted = Discussion.Kind(kind)
    if wanted not in KINDS:
        raise ValueError(f"a {kind} is not started like this")
    may = can_announce_in if wanted == Discussion.Kind.ANNOUNCEMENT else can_post_in
    if not may(by, community):
        raise PermissionDenied
    held = "" if looked_at else why_looked_at(by, community, f"<p>{title}</p>{body}")
    if anonymous:
        check_anonymous(by, community.audience)
    discussion = Discussion.objects.create(
        kind=wanted,
        community=community,
        title=title,
        body=with_people(body, community, by),
        author=None if anonymous else by,
        is_anonymous=anonymous,
        is_beginner=is_beginner and wanted == Discussion.Kind.QUESTION,
        language=language,
        held_for=held,
        is_unseen=bool(held),
    )
    if anonymous:
        seal(discussion, by, community.audience)
    discussion.tags.set(list(tags))
    if held:
        tell_held(discussion)
    else:
        announce(discussion)
    return discussion


@transaction.atomic
def edit_discussion(*, discussion: Discussion, by: User, **changes: Any) -> Discussion:
    """Change title, body, tags, language, or whether a beginner asks; it may be looked at first again.

    Raises PermissionDenied, and ValidationError for words that are not taken there.
    """
    discussion = locked(discussion)
    if not can_edit_discussion(by, discussion):
        raise PermissionDenied
    tags = changes.pop("tags", None)
    said = f"<p>{changes.get('title', '')}</p>{changes.get('body', '')}"
    held = why_looked_at(by, discussion.community, said)
    if "body" in changes:
        changes["body"] = with_people(changes["body"], discussion.community, by)
    for name in changes.keys() & {"title", "body", "language", "is_beginner"}:
        setattr(discussion, name, changes[name])
    discussion.edited_at = timezone.now()
    if tags is not None:
        discussion.tags.set(list(tags))
    discussion.save()
    if held and not discussion.held_for:
        hold(discussion, held)
        tell_held(discussion)
    else:
        tell_mentioned(discussion, by=shown_as(by, discussion))
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


def keep_readers(discussion: Discussion, reasons: dict[User, str]) -> dict[User, str]:
    """Who hears of what is said in it: nobody while it is held or removed."""
    return keep_listeners(discussion.community, reasons) if discussion.is_standing else {}


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
        by_same=lambda discussion: discussion.kind == Discussion.Kind.ROOM,
        keep=keep_readers,
        readers=readers_of,
        on_changed=follow_conversation,
        marks=hosts_of,
        accepted=accepted_ids,
        accept_url=accept_url_of,
    )
