"""Questions and discussions that a moderator looks at first, as comments are."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.activity.actions import record
from kring.conversations.actions import NotUndoneError, record_decision, register_undo, register_verb
from kring.conversations.actions.holding import REFUSED
from kring.conversations.actions.letters import tell_behind
from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User

from ..models import Discussion, Membership
from ..permissions import began, can_moderate
from .hiding import hide, show_again
from .mentioning import tell_mentioned
from .states import locked
from .telling import tell_of_new_discussion


def announce(discussion: Discussion) -> None:
    """It is seen for the first time: recorded, and told soon."""
    verb = "asked" if discussion.kind == Discussion.Kind.QUESTION else "posted"
    record(verb=verb, target=discussion, by=discussion.author, audience=discussion.community.audience)
    named = tell_mentioned(discussion, by=discussion.author)
    tell_of_new_discussion.enqueue(discussion.pk, [user.pk for user in named])


def hold(discussion: Discussion, why: str) -> None:
    """What was shown is looked at first, after it was edited."""
    discussion.held_for = why
    discussion.save(update_fields=["held_for"])
    hide(discussion)


def tell_held(discussion: Discussion) -> None:
    """Those who look after the community are told that something waits."""
    roles = [Membership.Role.LEAD, Membership.Role.MODERATOR]
    rows = Membership.objects.active().filter(community=discussion.community, role__in=roles)
    version = f"{discussion.edited_at:%Y%m%d%H%M%S}" if discussion.edited_at else "new"
    notify(
        kind="discussion.held",
        recipients=[row.user for row in rows.select_related("user") if not began(row.user, discussion)],
        actor=None,
        title=discussion.title,
        url=reverse("moderation"),
        audience=discussion.community.audience,
        group_key="moderation",
        dedupe_key=f"held:discussion:{discussion.pk}:{version}",
        data={
            "community": discussion.community.title,
            "language": discussion.language,
            "reason": "lead",
        },
    )


@transaction.atomic
def release_discussion(*, discussion: Discussion, by: User) -> Discussion:
    """Let it be seen: people are told of it from now. Twice is as once. Raises PermissionDenied."""
    discussion = _held(discussion, by)
    if not discussion.held_for or discussion.removed_at:
        return discussion
    _show(discussion)
    _decide("discussion_released", discussion, by, tell=False)
    if discussion.author and discussion.author != by:
        _tell_released(discussion, discussion.author)
    elif discussion.is_anonymous:
        tell_behind(
            discussion, "seal.released", f"released:discussion:{discussion.pk}:{timezone.now():%Y%m%d%H%M%S}"
        )
    return discussion


@transaction.atomic
def refuse_discussion(*, discussion: Discussion, by: User, reason: str = "") -> Discussion:
    """Do not let it be seen; whoever began it is told why and keeps the text. Raises PermissionDenied."""
    discussion = _held(discussion, by)
    if discussion.held_for in {"", REFUSED} or discussion.removed_at:
        return discussion
    why, discussion.held_for = discussion.held_for, REFUSED
    discussion.save(update_fields=["held_for"])
    _decide("discussion_refused", discussion, by, reason=reason, data={"held_for": why})
    return discussion


def undo_refusal(decision: Any, by: User) -> None:
    discussion = locked(decision.thing)
    if discussion.held_for != REFUSED or discussion.removed_at:
        raise NotUndoneError(_("It is shown already, or was removed."))
    _show(discussion)


def _held(discussion: Discussion, by: User) -> Discussion:
    discussion = locked(discussion)
    if not can_moderate(by, discussion.community):
        raise PermissionDenied
    return discussion


def _show(discussion: Discussion) -> None:
    """What is seen for the first time began now; what was hidden after an edit comes back."""
    is_new = discussion.is_unseen
    discussion.held_for, discussion.is_unseen = "", False
    if is_new:
        discussion.created_at = discussion.last_activity_at = timezone.now()
    discussion.save()
    if is_new:
        announce(discussion)
    else:
        show_again(discussion)
        tell_mentioned(discussion, by=discussion.author)


def _decide(verb: str, discussion: Discussion, by: User, **more: Any) -> None:
    record_decision(
        verb=verb,
        thing=discussion,
        by=by,
        audience=discussion.community.audience,
        affected=discussion.author,
        **more,
    )


def _tell_released(discussion: Discussion, author: User) -> None:
    notify(
        kind="discussion.released",
        recipients=[author],
        actor=None,
        title=discussion.title,
        url=discussion.get_absolute_url(),
        audience=discussion.community.audience,
        group_key=f"discussion:{discussion.pk}",
        data={"language": discussion.language},
    )


def _waits(row: Notification) -> str:
    words = _("A question or discussion in %(community)s waits for a moderator")
    return words % {"community": row.data.get("community", "")}


def _released(row: Notification) -> str:
    return _("A moderator looked at what you began; everybody sees it now")


def register_holding() -> None:
    register_undo("discussion_refused", undo_refusal, gettext_lazy("did not let a conversation through"))
    register_verb("discussion_released", gettext_lazy("let a conversation through"))
    work = gettext_lazy("Looking after communities: what waits, and what was decided")
    yours = gettext_lazy("Decisions about what you wrote")
    why = gettext_lazy("because you look after this community")
    register_kind("discussion.held", _waits, work, group="moderation", why=why)
    why = gettext_lazy("because it is about you")
    register_kind("discussion.released", _released, yours, group="decisions", why=why)
