"""The quiet are invited: once a week two members of a community, about something they may know."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import PersonSkill, User

from ..models import CommunityPage, Discussion, Membership, Nudge
from ..permissions import began
from .routing import want_nothing_of
from .talk import comments_in

FRESH = timedelta(days=14)
QUIET = timedelta(days=60)
A_MONTH = timedelta(days=30)
# A little less than the week between two rounds.
A_WEEK = timedelta(days=6)
ASKED = 2
LOOKED_AT = 10


def invite_the_quiet(now: datetime) -> int:
    """Meant to run once a week; how many people were asked. Done twice in a week is as once."""
    communities = CommunityPage.objects.live().in_use().order_by("pk")
    return sum(nudge_in(community=community, now=now) for community in communities)


@transaction.atomic
def nudge_in(*, community: CommunityPage, now: datetime) -> int:
    """Ask up to two quiet members about one discussion; how many were asked."""
    CommunityPage.objects.select_for_update().get(pk=community.pk)
    if Nudge.objects.filter(discussion__community=community, at__gt=now - A_WEEK).exists():
        return 0
    quiet = _quiet_members(community, now)
    if not quiet:
        return 0
    for discussion in _waiting_for_a_word(community, now)[:LOOKED_AT]:
        if asked := _ask(discussion, quiet, now):
            return asked
    return 0


def _waiting_for_a_word(community: CommunityPage, now: datetime) -> Any:
    """Questions nobody answered, the oldest first; then what began lately, the least talked about first."""
    rows = (
        community.discussions.standing()
        .begun_here()
        .filter(closed_at=None, created_at__range=(now - FRESH, now))
    )
    talk = Q(kind=Discussion.Kind.DISCUSSION) | Q(kind=Discussion.Kind.QUESTION, state=Discussion.State.OPEN)
    rows = rows.filter(talk).annotate(number=Count("nudges")).filter(number=0)
    return rows.with_counts().order_by("-kind", "comment_count", "created_at", "pk")


def _quiet_members(community: CommunityPage, now: datetime) -> list[User]:
    """Who said nothing for two months, may be told and was asked nowhere for a month; the most due first.

    That is who was asked longest ago or never, and among them who has been silent longest.
    """
    levels = [Membership.Level.ALL, Membership.Level.IMPORTANT]
    rows = Membership.objects.active().quiet_in(community, quiet_for=QUIET, there_for=QUIET, now=now)
    asked = Nudge.objects.filter(at__gt=now - A_MONTH).order_by().values("user")
    rows = rows.filter(level__in=levels).exclude(user__in=asked).select_related("user")
    people = {row.user: row.joined_at for row in rows}
    nudges = Nudge.objects.filter(user__in=people).order_by()
    last = dict(nudges.values_list("user").annotate(last=Max("at")))
    said = _last_said(community, people)
    return sorted(
        people,
        key=lambda user: (
            last.get(user.pk, datetime.min.replace(tzinfo=now.tzinfo)),
            said.get(user.pk, people[user]),
            user.pk,
        ),
    )


def _last_said(community: CommunityPage, people: Iterable[User]) -> dict[int, datetime]:
    """Primary key of those who ever said something there, to when they last did."""
    comments = comments_in(community).filter(user__in=people)
    began = community.discussions.order_by().filter(author__in=people)
    found = dict(comments.values_list("user").annotate(last=Max("submit_date")))
    for pk, at in began.values_list("author").annotate(last=Max("created_at")):
        found[pk] = max(at, found.get(pk, at))
    return found


def _ask(discussion: Discussion, quiet: list[User], now: datetime) -> int:
    """Ask those who offer a skill that is a tag of it, then the most due."""
    left_out = want_nothing_of(discussion) | set(discussion.routings.values_list("user", flat=True))
    skills = _skills_about(discussion, quiet)
    in_turn = sorted(quiet, key=lambda user: user.pk not in skills)
    chosen = []
    for user in in_turn:
        if user.pk not in left_out and not began(user, discussion):
            chosen.append(user)
        if len(chosen) == ASKED:
            break
    for user in chosen:
        Nudge.objects.create(discussion=discussion, user=user, at=now)
        _tell(discussion, user, skills.get(user.pk, ""))
    return len(chosen)


def _skills_about(discussion: Discussion, people: list[User]) -> dict[int, str]:
    """Primary key of those who offer a skill with the name of a tag, to that tag."""
    found: dict[int, str] = {}
    for tag in discussion.tags.order_by("pk"):
        named = Q(skill__label_en__iexact=tag.name) | Q(skill__label_nl__iexact=tag.name)
        offers = PersonSkill.objects.filter(named, user__in=people, direction=PersonSkill.Direction.OFFERS)
        for pk in offers.values_list("user", flat=True):
            found.setdefault(pk, tag.name)
    return found


def _tell(discussion: Discussion, user: User, skill: str) -> None:
    notify(
        kind="discussion.nudge",
        recipients=[user],
        actor=discussion.author,
        title=discussion.title,
        url=discussion.get_absolute_url(),
        audience=discussion.community.audience,
        group_key=f"discussion:{discussion.pk}",
        dedupe_key=f"nudge:{discussion.pk}",
        data={
            "language": discussion.language,
            "community": discussion.community.title,
            "skill": skill,
            "asks": discussion.kind == Discussion.Kind.QUESTION,
        },
    )


def _sentence(row: Notification) -> str:
    words = {
        "name": row.actor.name if row.actor else _("Somebody"),
        "skill": row.data.get("skill", ""),
        "community": row.data.get("community", ""),
    }
    if row.data.get("skill"):
        if row.data.get("asks"):
            return _("%(name)s asks about “%(skill)s”. You know something about it; a line helps.") % words
        return _("%(name)s talks about “%(skill)s”. You know something about it; a line helps.") % words
    if row.data.get("asks"):
        return _("%(name)s asks something in %(community)s. Have a look; a line from you helps.") % words
    return _("%(name)s began something in %(community)s. Have a look; a line from you helps.") % words


def register_nudging() -> None:
    register_kind(
        "discussion.nudge",
        _sentence,
        gettext_lazy("When you have been quiet and your word would help"),
        email=False,
        group="nudges",
        why=gettext_lazy("because you are a member and have not said anything for a while"),
    )
