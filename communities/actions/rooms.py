"""Live rooms: for an hour or so, hosts answer whatever is asked."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.activity.actions import record
from kring.people.models import User

from ..models import CommunityPage, Discussion
from ..permissions import can_announce_in, can_look_after, can_post_in
from .mentioning import tell_mentioned, with_people
from .states import locked
from .telling_talk import tell_begun, tell_of_room

# One that began longer ago began while nothing could be told.
LATE = timedelta(minutes=30)


@transaction.atomic
def start_room(
    *,
    by: User,
    community: CommunityPage,
    title: str,
    hosts: Iterable[User],
    starts_at: datetime,
    ends_at: datetime,
    body: str = "",
    language: str = "en",
) -> Discussion:
    """Announce a room; from now on people put their questions in it, until it ends.

    Raises PermissionDenied; ValidationError for times or hosts that do not fit.
    """
    if not can_announce_in(by, community):
        raise PermissionDenied
    people = list(hosts)
    _check(community, people, starts_at, ends_at)
    room = Discussion.objects.create(
        kind=Discussion.Kind.ROOM,
        community=community,
        title=title,
        body=with_people(body, community, by),
        author=by,
        language=language,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    room.hosts.set(people)
    record(verb="announced", target=room, by=by, audience=community.audience)
    tell_of_room(room, by=by, but=tell_mentioned(room, by=by))
    return room


@transaction.atomic
def change_room(*, room: Discussion, by: User, **changes: Any) -> Discussion:
    """Change title, text, language, times or hosts; new hosts are told. See start_room()."""
    room = locked(room)
    if room.kind != Discussion.Kind.ROOM or not can_look_after(by, room):
        raise PermissionDenied
    people = list(changes.pop("hosts"))
    _check(room.community, people, changes["starts_at"], changes["ends_at"])
    for name in changes.keys() & {"title", "language", "starts_at", "ends_at"}:
        setattr(room, name, changes[name])
    room.body = with_people(changes.get("body", room.body), room.community, by)
    room.edited_at = timezone.now()
    room.save()
    room.hosts.set(people)
    tell_of_room(room, by=by, but=tell_mentioned(room, by=by))
    return room


def tell_of_beginnings(now: datetime) -> int:
    """Tell who comes that a room begins, once; how many people were told. Meant to run every minute."""
    rooms = Discussion.objects.standing().rooms_ahead().filter(starts_at__range=(now - LATE, now))
    here = rooms.filter(community__live=True, community__archived_at=None).select_related("community")
    return sum(tell_begun(room) for room in here)


def wrong_times(starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    """What is wrong with these, by the name of the field; empty where nothing is."""
    if ends_at <= starts_at:
        return {"ends_at": _("It ends after it begins.")}
    if ends_at <= timezone.now():
        return {"ends_at": _("That is over already.")}
    return {}


def _check(community: CommunityPage, hosts: list[User], starts_at: datetime, ends_at: datetime) -> None:
    problems = wrong_times(starts_at, ends_at)
    if not hosts:
        problems["hosts"] = _("Name at least one person who answers.")
    for user in hosts:
        if not can_post_in(user, community):
            problems["hosts"] = _("%(name)s cannot write in this community.") % {"name": user.name}
    if problems:
        raise ValidationError(problems)
