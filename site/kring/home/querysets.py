"""What the home page reads from all apps. Each function costs a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import CommunityPage, Discussion, Membership
from communities.querysets import readable_communities
from kring.conversations.models import Comment
from kring.notifications.models import Notification
from kring.people.models import PersonSkill, User
from wiki.models import ArticlePage, LessonPage

FRESH = timedelta(days=30)
CANDIDATES = 24


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that asks for this person's action. `person` or `icon` stands before it."""

    title: str
    why: str
    url: str
    action: str
    icon: str = "inbox"
    person: User | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A lesson, article or discussion with the reason it is shown. `kind` names its card."""

    kind: str
    thing: Any
    at: datetime
    why: str
    weight: float


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a newcomer's first week."""

    key: str
    title: str
    help: str
    url: str
    action: str
    minutes: int
    done: bool


def waiting_for(user: User, limit: int = 4) -> list[Waiting]:
    """What needs this person: unanswered questions they look after, replies to them, pages to check."""
    return [*_replies(user, limit), *_questions_to_answer(user), *_pages_to_check(user)][:limit]


def _replies(user: User, limit: int) -> Iterator[Waiting]:
    rows = Notification.objects.inbox_of(user).unread().select_related("actor", "actor__profile")
    seen: set[str] = set()
    for row in rows.order_by("-created_at")[: limit * 4]:
        key = row.group_key or str(row.pk)
        if key in seen:
            continue
        seen.add(key)
        yield Waiting(
            title=row.sentence,
            why=_("In “%(title)s”") % {"title": row.title},
            url=row.open_url,
            action=_("Read it"),
            person=row.actor,
        )


def _questions_to_answer(user: User) -> Iterator[Waiting]:
    mine = user.memberships.filter(role__in=["lead", "moderator"]).values("community")
    waiting = (
        Discussion.objects.unanswered()
        .visible_to(user)
        .filter(community__in=mine, community__archived_at=None)
        .exclude(author=user)
        .select_related("community", "author", "author__profile")
        .order_by("created_at")
    )
    for question in waiting[:2]:
        yield Waiting(
            title=question.title,
            why=_("Nobody has answered this yet in %(community)s, which you look after")
            % {"community": question.community.title},
            url=question.get_absolute_url(),
            action=_("Answer"),
            icon="question",
            person=question.author,
            language=question.language,
        )


def _pages_to_check(user: User) -> Iterator[Waiting]:
    due = ArticlePage.objects.visible_to(user).filter(authors=user, review_on__lte=timezone.localdate())
    for page in due.order_by("review_on")[:2]:
        yield Waiting(
            title=_("Is “%(title)s” still right?") % {"title": page.title},
            why=_("You wrote this article and asked to look at it again by now."),
            url=page.get_absolute_url(),
            action=_("Check it"),
            icon="article",
        )


def for_you(user: User, limit: int = 8) -> list[Suggestion]:
    """Recent things worth reading, best first, each with its reason; never one's own, none twice."""
    chosen: dict[tuple[str, int], Suggestion] = {}
    for suggestion in [*_by_skill(user), *_by_community(user), *_newest(user)]:
        key = (suggestion.kind, suggestion.thing.pk)
        if key not in chosen or chosen[key].weight < suggestion.weight:
            chosen[key] = suggestion
    now = timezone.now()
    ranked = sorted(chosen.values(), key=lambda one: one.weight - _age(now, one.at), reverse=True)
    return _varied(ranked, limit)


def _age(now: datetime, at: datetime) -> float:
    """Weight lost by growing old: one point in ten days."""
    return (now - at).total_seconds() / 86400 / 10


def _varied(ranked: Iterable[Suggestion], limit: int) -> list[Suggestion]:
    """At most two of a kind from one community, so that the quiet ones are seen."""
    count: dict[tuple[str, int], int] = {}
    varied = []
    for suggestion in ranked:
        place = (suggestion.kind, suggestion.thing.community_id)
        if count.get(place, 0) < 2:
            count[place] = count.get(place, 0) + 1
            varied.append(suggestion)
    return varied[:limit]


def _recent(user: User) -> dict[str, Any]:
    since = timezone.now() - FRESH
    return {
        "lesson": LessonPage.objects.visible_to(user)
        .filter(first_published_at__gte=since)
        .exclude(Q(owner=user) | Q(authors=user))
        .order_by("-first_published_at"),
        "article": ArticlePage.objects.visible_to(user)
        .filter(first_published_at__gte=since)
        .exclude(Q(owner=user) | Q(authors=user))
        .order_by("-first_published_at"),
        "discussion": Discussion.objects.visible_to(user)
        .filter(created_at__gte=since)
        .exclude(author=user)
        .order_by("-created_at"),
    }


def _suggest(kind: str, things: Iterable[Any], why: Any, weight: float) -> Iterator[Suggestion]:
    for thing in things:
        at = thing.created_at if kind == "discussion" else thing.first_published_at
        yield Suggestion(kind, thing, at, why(thing), weight)


def _by_community(user: User) -> Iterator[Suggestion]:
    mine = user.memberships.values("community")
    for kind, things in _recent(user).items():
        found = things.filter(community__in=mine).for_list()[:CANDIDATES]
        yield from _suggest(
            kind,
            found,
            lambda thing: _("because you are in %(community)s") % {"community": thing.community.title},
            2.0,
        )


def _by_skill(user: User) -> Iterator[Suggestion]:
    skills = list(PersonSkill.objects.filter(user=user).select_related("skill")[:12])
    if not skills:
        return
    reasons = {
        name.lower(): skill
        for skill in skills
        for name in (skill.skill.label_en, skill.skill.label_nl)
        if name
    }
    for kind, things in _recent(user).items():
        found = things.filter(tags__name__in=[*reasons, *(name.capitalize() for name in reasons)]).distinct()
        yield from _suggest(
            kind, found.for_list()[:CANDIDATES], lambda thing: _skill_reason(thing, reasons), 3.0
        )


def _skill_reason(thing: Any, reasons: dict[str, PersonSkill]) -> str:
    for tag in thing.tags.all():
        skill = reasons.get(tag.name.lower())
        if skill:
            words = (
                _("because you know about %(skill)s")
                if skill.direction == PersonSkill.Direction.OFFERS
                else _("because you want to learn about %(skill)s")
            )
            return words % {"skill": skill.skill.label}
    return _("because it is new")


def _newest(user: User) -> Iterator[Suggestion]:
    for kind, things in _recent(user).items():
        yield from _suggest(kind, things.for_list()[:4], lambda thing: _("because it is new"), 1.0)


def newcomers(user: User, today: date | None = None, limit: int = 4) -> list[User]:
    """Colleagues who started in the last five weeks; guests are shown nobody."""
    if user.is_guest:
        return []
    since = (today or timezone.localdate()) - timedelta(weeks=5)
    people = User.objects.active().filter(is_guest=False, profile__started_on__gte=since).exclude(pk=user.pk)
    return list(people.with_profile().order_by("-profile__started_on")[:limit])


def this_week(user: User) -> list[str]:
    """Sentences about the last seven days, over what this person may read."""
    since = timezone.now() - timedelta(days=7)
    lessons = LessonPage.objects.visible_to(user).filter(first_published_at__gte=since).count()
    asked = Discussion.objects.visible_to(user).questions().filter(created_at__gte=since)
    solved = asked.exclude(state=Discussion.State.OPEN).count()
    sentences = []
    if lessons:
        sentences.append(
            ngettext("%(count)d lesson was shared", "%(count)d lessons were shared", lessons)
            % {"count": lessons}
        )
    if total := asked.count():
        sentences.append(
            ngettext(
                "%(count)d question was asked, %(solved)d answered so far",
                "%(count)d questions were asked, %(solved)d answered so far",
                total,
            )
            % {"count": total, "solved": solved}
        )
    return sentences


def rooms_this_week(user: User, limit: int = 3) -> list[Discussion]:
    """Live rooms that run, or begin within a week."""
    ahead = Discussion.objects.visible_to(user).rooms_ahead(within=timedelta(days=7))
    return list(ahead.select_related("community")[:limit])


def first_steps(user: User) -> list[Step]:
    """What a newcomer does in the first week, with what is done already. Guests join nothing themselves."""
    steps = _all_steps(user)
    return [step for step in steps if step.key != "communities"] if user.is_guest else steps


def _all_steps(user: User) -> list[Step]:
    offered = PersonSkill.objects.filter(user=user, direction=PersonSkill.Direction.OFFERS).count()
    joined = Membership.objects.filter(user=user).count()
    spoke = Comment.objects.filter(user=user).exists() or Discussion.objects.filter(author=user).exists()
    profile = user.profile
    return [
        Step(
            "language",
            _("Choose your language and time zone"),
            _("Everything on this site then speaks to you in your own words and hours."),
            reverse("settings"),
            _("Choose"),
            1,
            bool(user.language),
        ),
        Step(
            "profile",
            _("Say in one line what you do"),
            _("“Second-line support, knows the old phone system.” Colleagues see it beside your name."),
            reverse("person_edit", args=[user.pk]),
            _("Write it"),
            2,
            bool(profile.headline),
        ),
        Step(
            "skills",
            _("Tell people what they can ask you about"),
            _("Three things are enough: “night shifts”, “Polish”, “spreadsheets that got out of hand”."),
            reverse("person_skills", args=[user.pk]),
            _("Add three things"),
            2,
            offered >= 3,
        ),
        Step(
            "communities",
            _("Join two communities"),
            _("Where people who do the same work help each other. Leave whenever you like."),
            reverse("communities"),
            _("Look at them"),
            3,
            joined >= 2,
        ),
        Step(
            "speak",
            _("Ask a question or add to a conversation"),
            _("If you wonder about it, so did somebody else."),
            reverse("discussion_new"),
            _("Ask something"),
            3,
            spoke,
        ),
    ]


def communities_to_join(user: User, limit: int = 3) -> list[tuple[CommunityPage, str]]:
    """Open communities with team mates in them, most of them first, each with its reason."""
    team = user.profile.team_id
    readable = CommunityPage.objects.live().filter(readable_communities(user)).exclude(memberships__user=user)
    rows = list(readable.filter(openness=CommunityPage.Openness.OPEN, archived_at=None)[:60])
    mates: dict[int, int] = {}
    if team:
        pairs = Membership.objects.filter(community__in=rows, user__profile__team=team, user__is_active=True)
        for community in pairs.values_list("community", flat=True):
            mates[community] = mates.get(community, 0) + 1
    rows.sort(key=lambda page: (-mates.get(page.pk, 0), page.title))
    return [(page, _join_reason(mates.get(page.pk, 0))) for page in rows[:limit]]


def _join_reason(mates: int) -> str:
    if not mates:
        return ""
    return ngettext(
        "because %(count)d person in your team is in it",
        "because %(count)d people in your team are in it",
        mates,
    ) % {"count": mates}
