"""Who hears what becomes of a question or a discussion."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.conversations.models import Conversation, Following
from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User

from ..models import Discussion, Membership
from ..models.discussion import why_asked
from ..permissions import readers_of
from .states import said
from .telling import keep_listeners

MOST_TOLD = 500


def tell(
    kind: str, discussion: Discussion, people: Iterable[User], by: User | None, once: str = "", **data: Any
) -> None:
    """A row for each of these people about the discussion."""
    notify(
        kind=kind,
        recipients=people,
        actor=by,
        title=discussion.title,
        url=discussion.get_absolute_url(),
        audience=discussion.community.audience,
        group_key=f"discussion:{discussion.pk}",
        dedupe_key=once,
        data={"language": discussion.language, "community": discussion.community.title, **data},
    )


def took_part(discussion: Discussion) -> dict[User, str]:
    """Who asked it, then who wrote in it, each with the reason why it concerns them."""
    found: dict[User, str] = {}
    if discussion.author and discussion.author.is_active:
        found[discussion.author] = "asked" if discussion.kind == Discussion.Kind.QUESTION else "author"
    ids = list(said(discussion).filter(user__is_active=True).values_list("user", flat=True).distinct())
    for user in User.objects.filter(pk__in=ids[:MOST_TOLD]):
        found.setdefault(user, "joined_in")
    return found


def tell_who_took_part(
    kind: str, discussion: Discussion, *, by: User | None, but: User | None = None, **data: Any
) -> None:
    """Those who may read it and want to hear of what they take part in; `but` knows it already."""
    reasons = took_part(discussion)
    kept = keep_listeners(discussion.community, reasons)
    for reason in ("asked", "author", "joined_in"):
        people = [user for user, why in kept.items() if why == reason and user in reasons and user != but]
        tell(kind, discussion, people, by, reason=reason, **data)


def tell_reopened(discussion: Discussion, *, by: User | None) -> None:
    tell_who_took_part("discussion.reopened", discussion, by=by, why=discussion.reopened_reason)


def tell_routed(discussion: Discussion, user: User, because: dict[str, Any]) -> None:
    """Somebody who knows is asked; `because` is said in the language of who reads it."""
    once = f"routed:{discussion.pk}"
    tell("discussion.routed", discussion, [user], discussion.author, once, because=because)


def tell_of_room(room: Discussion, *, by: User, but: Iterable[User] = ()) -> None:
    """Its hosts, and members who want more than what is about them; `but` have been told of it already."""
    hosts = list(room.hosts.all())
    tell("discussion.host", room, hosts, by, f"host:{room.pk}", **_begin(room))
    wanted = [Membership.Level.ALL, Membership.Level.IMPORTANT]
    rows = Membership.objects.active().filter(community=room.community, level__in=wanted)
    people = [row.user for row in rows.exclude(user__in=[*hosts, *but]).select_related("user")]
    tell("discussion.room", room, people, by, f"room:{room.pk}", reason="belongs", **_begin(room))


def tell_begun(room: Discussion) -> int:
    """Its hosts and those who said that they come, as far as they may read it; the number told."""
    once = f"begun:{room.pk}:{room.starts_at:%Y%m%d%H%M}"
    if Notification.objects.filter(dedupe_key=once).exists():
        return 0
    follow = Following.objects.filter(
        conversation__in=Conversation.objects.about(room), state=Following.State.FOLLOW
    )
    hosts = list(room.hosts.all())
    coming = [row.user for row in follow.select_related("user")[:MOST_TOLD]]
    may_read = readers_of(room, [*hosts, *coming])
    told = [one for one in may_read if one in hosts]
    tell("discussion.begun", room, told, None, once)
    others = [one for one in may_read if one not in hosts]
    tell("discussion.begun", room, others, None, once, reason="follower")
    return len(may_read)


def _begin(room: Discussion) -> dict[str, str]:
    return {"begins": room.starts_at.isoformat() if room.starts_at else ""}


def _words(row: Notification) -> dict[str, str]:
    return {
        "name": row.actor.name if row.actor else _("Somebody"),
        "community": row.data.get("community", ""),
        "why": row.data.get("why", ""),
    }


def _reopened(row: Notification) -> str:
    if not row.data.get("why"):
        return _("%(name)s opened a question again") % _words(row)
    return _("%(name)s opened a question again: “%(why)s”") % _words(row)


def _routed(row: Notification) -> str:
    why = why_asked(row.data.get("because", {})) or row.data.get("why", "")
    if not why:
        return _("%(name)s asks something you know about") % _words(row)
    return _("%(name)s asks something you know about (%(why)s)") % {**_words(row), "why": why}


def _moved(row: Notification) -> str:
    return _("%(name)s moved a conversation you take part in to %(community)s") % _words(row)


def _merged(row: Notification) -> str:
    return _("%(name)s brought a question that was asked twice together") % _words(row)


def _split(row: Notification) -> str:
    return _("%(name)s made what you wrote a discussion of its own") % _words(row)


def _closed(row: Notification) -> str:
    if not row.data.get("why"):
        return _("%(name)s closed a conversation you take part in") % _words(row)
    return _("%(name)s closed a conversation you take part in: “%(why)s”") % _words(row)


def _room(row: Notification) -> str:
    return _("A live room is coming in %(community)s") % _words(row)


def _begun(row: Notification) -> str:
    return _("A live room begins in %(community)s") % _words(row)


def _host(row: Notification) -> str:
    return _("%(name)s asks you to answer questions in a live room") % _words(row)


def register_kinds_of_talk() -> None:
    other = gettext_lazy("Conversations you take part in")
    for kind, sentence in (
        ("discussion.reopened", _reopened),
        ("discussion.moved", _moved),
        ("discussion.merged", _merged),
        ("discussion.split", _split),
        ("discussion.closed", _closed),
    ):
        register_kind(
            kind,
            sentence,
            other,
            email=False,
            group="comment.other",
            why=gettext_lazy("because you took part in it"),
        )
    register_kind(
        "discussion.routed",
        _routed,
        gettext_lazy("Questions you may know the answer to"),
        why=gettext_lazy("because you know something about it"),
    )
    rooms = gettext_lazy("Live rooms")
    register_kind("discussion.room", _room, rooms, group="discussion.rooms")
    for kind, sentence in (("discussion.host", _host), ("discussion.begun", _begun)):
        register_kind(
            kind,
            sentence,
            rooms,
            group="discussion.rooms",
            why=gettext_lazy("because questions there are for you"),
        )
