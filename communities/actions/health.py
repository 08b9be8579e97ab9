"""How a community is doing: figures about groups of people, never about one of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from kring.conversations.models import Comment

from ..models import CommunityPage, Membership
from .talk import comments_in

PERIOD = timedelta(days=30)
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    number: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.number / self.of)


@dataclass(frozen=True, slots=True)
class Health:
    """The figures of one period. None: fewer than five people stand behind it.

    active: members who said something. first_answer: median wait of the questions answered in the period.
    answered: questions of the period that had an answer by its end. newcomers: of those whose first thirty
    days ended in it, who said something in them. half: how few people said half of it all.
    """

    active: Part | None
    first_answer: timedelta | None
    answered: Part | None
    newcomers: Part | None
    half: Part | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: who asked it (None where nobody knows), and its first answer by somebody else."""

    by: int | None
    at: datetime
    answered_by: int | None = None
    answered_at: datetime | None = None


def health_of(community: CommunityPage, now: datetime) -> tuple[Health, Health]:
    """Of the last thirty days, and of the thirty before. Four queries."""
    members = _members(community)
    since = now - 3 * PERIOD
    written = _written(community, since)
    asked = _asked(community, since)
    now_and_then = [_period(members, written, asked, end) for end in (now, now - PERIOD)]
    return now_and_then[0], now_and_then[1]


def _members(community: CommunityPage) -> dict[int, datetime]:
    rows = Membership.objects.active().filter(community=community)
    return dict(rows.order_by().values_list("user", "joined_at"))


def _written(community: CommunityPage, since: datetime) -> list[tuple[int, datetime]]:
    """Who said something under their name and when: comments, and discussions they began."""
    said = comments_in(community).filter(submit_date__gt=since, user__isnull=False)
    began = community.discussions.standing().order_by().filter(created_at__gt=since, author__isnull=False)
    return [
        *said.values_list("user", "submit_date"),
        *began.values_list("author", "created_at"),
    ]


def _asked(community: CommunityPage, since: datetime) -> list[Asked]:
    """Questions of people of the site, each with its first answer by somebody else."""
    questions = community.discussions.order_by().questions().standing().begun_here()
    rows = questions.filter(created_at__gt=since).values_list("pk", "author", "created_at")
    given = comments_in(community).filter(kind=Comment.Kind.ANSWER, submit_date__gt=since)
    first: dict[int, list[tuple[datetime, int | None]]] = {}
    for pk, user, at in given.values_list("conversation__object_id", "user", "submit_date"):
        first.setdefault(pk, []).append((at, user))
    found = []
    for pk, author, at in rows:
        others = [one for one in first.get(pk, ()) if one[1] != author]
        answered_at, answered_by = min(others, key=lambda one: one[0]) if others else (None, None)
        found.append(Asked(author, at, answered_by, answered_at))
    return found


def _period(
    members: dict[int, datetime], written: list[tuple[int, datetime]], asked: list[Asked], end: datetime
) -> Health:
    since = end - PERIOD
    lately = [user for user, at in written if since < at <= end]
    belong = {user for user, joined in members.items() if joined <= end}
    questions = [one for one in asked if since < one.at <= end]
    answered = [one for one in questions if one.answered_at and one.answered_at <= end]
    came = {user: joined for user, joined in members.items() if since < joined + PERIOD <= end}
    spoke = {user for user, at in written if user in came and came[user] <= at <= came[user] + PERIOD}
    return Health(
        active=_part(len(belong & set(lately)), len(belong), belong),
        first_answer=_median_wait(
            [one for one in asked if one.answered_at and since < one.answered_at <= end]
        ),
        answered=_part(len(answered), len(questions), (one.by for one in questions)),
        newcomers=_part(len(spoke), len(came), came),
        half=_half(lately),
    )


def _enough(people: Iterable[int | None]) -> bool:
    """Whether five people or more stand behind a figure; who is not known does not count."""
    return len({user for user in people if user is not None}) >= FEWEST


def _part(number: int, of: int, people: Iterable[int | None]) -> Part | None:
    return Part(number, of) if _enough(people) else None


def _median_wait(answered: list[Asked]) -> timedelta | None:
    people = [user for one in answered for user in (one.by, one.answered_by)]
    waits = [(one.answered_at - one.at).total_seconds() for one in answered if one.answered_at]
    return timedelta(seconds=median(waits)) if _enough(people) else None


def _half(lately: list[int]) -> Part | None:
    """The fewest people who together said at least half, of all who said something."""
    counts = Counter(lately)
    if not _enough(counts):
        return None
    said = fewest = 0
    for _user, number in counts.most_common():
        said, fewest = said + number, fewest + 1
        if 2 * said >= len(lately):
            break
    return Part(fewest, len(counts))
