"""What waits for moderators. Apps above register their kinds of items; each is settled by one click."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kring.people.permissions import is_administrator

from ..models import CommunityPage

MOST = 50


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what it is called, where it posts, and what it sends. Without `posts` it is a link."""

    label: str
    url: str
    sends: dict[str, str] = field(default_factory=dict)
    tone: str = ""
    posts: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits. `why` are lines.

    `reason` is how the field for a word along with the click is called, `sent_as` its name when it is sent.
    """

    key: str
    title: str
    url: str
    at: datetime
    community: CommunityPage | None
    acts: list[Act]
    text: str = ""
    who: Any = None
    why: list[str] = field(default_factory=list)
    reason: str = ""
    sent_as: str = "reason"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of items. count, items: get (user, {primary key: community}), the communities looked after.

    everywhere: its items are of no community, and wait for whoever looks after one.
    """

    key: str
    label: Any
    count: Callable[[Any, dict[int, CommunityPage]], int]
    items: Callable[[Any, dict[int, CommunityPage]], list[Item]]
    order: int = 0
    everywhere: bool = False


_kinds: dict[str, Kind] = {}


def register_queue(kind: Kind) -> None:
    _kinds[kind.key] = kind


def queue_kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def looked_after_by(user: Any) -> dict[int, CommunityPage]:
    """The communities this person moderates, by primary key; an administrator all."""
    if not (user.is_authenticated and user.is_active):
        return {}
    rows = CommunityPage.objects.live() if is_administrator(user) else CommunityPage.objects.led_by(user)
    return {row.pk: row for row in rows.order_by("title")}


def waiting_count(user: Any) -> int:
    """How many things wait for this person."""
    communities = looked_after_by(user)
    return sum(kind.count(user, communities) for kind in queue_kinds()) if communities else 0


def waiting_in(user: Any, communities: dict[int, CommunityPage]) -> Counter[int]:
    """Primary key of each of these communities to how many things wait there."""
    kinds = [kind for kind in queue_kinds() if not kind.everywhere]
    rows = [item for kind in kinds for item in kind.items(user, communities)]
    return Counter(item.community.pk for item in rows if item.community)


def tokens(communities: dict[int, CommunityPage]) -> list[str]:
    return [f"c:{pk}" for pk in communities]


def community_of(audience: str, communities: dict[int, CommunityPage]) -> CommunityPage | None:
    prefix, _colon, number = audience.partition(":")
    return communities.get(int(number)) if prefix == "c" and number.isdigit() else None
