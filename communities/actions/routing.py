"""Unanswered questions are put before people who know, a few at a time, until somebody answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from kring.conversations.models import Comment, Conversation, Following
from kring.indexing.registry import audience_of
from kring.people.models import Distance, PersonSkill, User
from search.engines import Query
from search.knowing import people_who_know
from search.results import UnavailableError, find
from search.showing import cards_of

from ..models import CommunityPage, Discussion, Membership, Routing
from ..permissions import can_post_in, readers_among
from .states import locked
from .telling_talk import tell_routed

AFTER = timedelta(hours=4)
# An older one has been seen by everybody, or was brought along.
UNTIL = timedelta(days=14)
ASKED_AT_ONCE = 3
WEEK = timedelta(days=7)
MOST_A_WEEK = 2
LOOKED_AT = 40
FOUND = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may know. `rank`: 0 where they say or showed it themselves, 1 where search thinks so.

    `because` is what models.discussion.why_asked() wants.
    """

    user: User
    rank: int
    because: dict[str, Any]


def route_unanswered(now: datetime) -> int:
    """Ask people for every question that waits; how many were asked. Done twice is as once."""
    return sum(route_question(question=question, now=now) for question in waiting_at(now))


def waiting_at(now: datetime) -> Any:
    """Questions that somebody here asked, without an answer after some hours."""
    asked = Q(author__isnull=False) | Q(is_anonymous=True)
    return Discussion.objects.unanswered().filter(
        asked,
        created_at__range=(now - UNTIL, now - AFTER),
        community__live=True,
        community__archived_at=None,
    ).order_by("created_at", "pk")  # fmt: skip


@transaction.atomic
def route_question(*, question: Discussion, now: datetime) -> int:
    """Ask as many as are missing; how many that were."""
    question = locked(question)
    missing = ASKED_AT_ONCE - question.routings.filter(passed_at=None).count()
    if missing <= 0 or question.state != Discussion.State.OPEN:
        return 0
    chosen = _in_turn(_may_be_asked(question, _who_may_know(question), now))[:missing]
    for one in chosen:
        Routing.objects.create(discussion=question, user=one.user, because=one.because, at=now)
        tell_routed(question, one.user, one.because)
    return len(chosen)


@transaction.atomic
def pass_on(*, discussion: Discussion, by: User) -> bool:
    """Say that it is not for oneself: the next turn asks somebody else. False where one was not asked."""
    rows = Routing.objects.filter(discussion=discussion, user=by, passed_at=None)
    return bool(rows.update(passed_at=timezone.now()))


def _who_may_know(question: Discussion) -> dict[int, Candidate]:
    """Primary key to candidate; what they say of themselves goes before what search finds."""
    tags = [tag.name for tag in question.tags.all()]
    found: dict[int, Candidate] = {}
    for one in (*_by_skill(tags), *_by_answers(question, tags), *_by_search(question)):
        found.setdefault(one.user.pk, one)
    return found


def _by_skill(tags: list[str]) -> Iterator[Candidate]:
    named = Q(pk__in=[])
    for tag in tags:
        named |= Q(skill__label_en__iexact=tag) | Q(skill__label_nl__iexact=tag)
    rows = PersonSkill.objects.filter(named, direction=PersonSkill.Direction.OFFERS)
    for row in rows.select_related("user", "skill").order_by("-level", "pk")[:LOOKED_AT]:
        words = {"nl": row.skill.label_nl, "en": row.skill.label_en}
        yield Candidate(row.user, 0, {"kind": "skill", "words": words})


def _by_answers(question: Discussion, tags: list[str]) -> Iterator[Candidate]:
    """Whose answers helped with a question that has a tag in common, here or where all staff may read."""
    public = ~Q(community__openness=CommunityPage.Openness.PRIVATE)
    for tag in tags:
        alike = Discussion.objects.tagged([tag]).filter(public | Q(community=question.community_id))
        chosen = Q(pk__in=alike.values("accepted")) | Q(pk__in=alike.values("also_accepted"))
        helped = Comment.objects.present().filter(chosen, user__isnull=False)
        people = (
            helped.order_by().values_list("user").annotate(number=Count("pk")).order_by("-number", "user")
        )
        ids = [pk for pk, _number in people[:LOOKED_AT]]
        known = User.objects.in_bulk(ids)
        yield from (Candidate(known[pk], 0, {"kind": "answered", "words": {"": tag}}) for pk in ids)


def _by_search(question: Discussion) -> Iterator[Candidate]:
    """Found as the asker would find them, and by what they wrote in this community alone."""
    viewer = question.author or _somebody_inside(question)
    if viewer is None:
        return
    query = Query(question.title, audience_of(viewer), per_page=FOUND, facets=())
    inside = (str(question.community_id),)
    written = Query(question.title, query.audience, communities=inside, per_page=FOUND, facets=())
    try:
        results = find(viewer, written)
        cards = cards_of(viewer, results.hits) if results.exact else []
        people = people_who_know(viewer, query, cards)
    except UnavailableError:
        return
    yield from (Candidate(one.user, 1, {"kind": "found"}) for one in people.shown)


def _somebody_inside(question: Discussion) -> User | None:
    """Through whose eyes is looked for the people, where the asker is not known."""
    row = Membership.objects.leads().filter(community=question.community_id).select_related("user").first()
    return row.user if row else None


def _may_be_asked(question: Discussion, found: dict[int, Candidate], now: datetime) -> list[Candidate]:
    """Who may answer, wants to hear of it, and was not asked too much already."""
    kept = {pk: one for pk, one in found.items() if pk not in _left_out(question, list(found), now)}
    levels = readers_among(question.community, [one.user for one in kept.values()])
    told = {Membership.Level.ALL, Membership.Level.IMPORTANT, ""}
    return [
        kept[user.pk]
        for user, level in levels.items()
        if level in told and can_post_in(user, question.community)
    ]


def _left_out(question: Discussion, ids: Iterable[int], now: datetime) -> set[int]:
    """The asker, those who were asked this, who want to hear nothing of it or of the asker, or had enough."""
    left = want_nothing_of(question) | set(question.routings.values_list("user", flat=True))
    lately = Routing.objects.filter(user__in=ids, passed_at=None, at__gt=now - WEEK).order_by()
    counted = lately.values_list("user").annotate(number=Count("pk"))
    return left | {pk for pk, number in counted if number >= MOST_A_WEEK}


def want_nothing_of(discussion: Discussion) -> set[int]:
    """Its author, those who muted it, and those of whom one keeps a distance from the other."""
    about = Conversation.objects.about(discussion)
    muted = Following.objects.filter(conversation__in=about, state=Following.State.MUTE)
    left: set[int] = set(muted.values_list("user", flat=True))
    if discussion.author_id:
        left.add(discussion.author_id)
        left |= set(Distance.objects.filter(other=discussion.author_id).values_list("user", flat=True))
        left |= set(Distance.objects.filter(user=discussion.author_id).values_list("other", flat=True))
    return left


def _in_turn(candidates: list[Candidate]) -> list[Candidate]:
    """Those who say that they know first, and among them who was asked longest ago or never."""
    rows = Routing.objects.filter(user__in=[one.user for one in candidates]).order_by()
    last = dict(rows.values_list("user").annotate(last=Max("at")))
    never = datetime.min.replace(tzinfo=timezone.get_current_timezone())
    return sorted(candidates, key=lambda one: (one.rank, last.get(one.user.pk, never)))
