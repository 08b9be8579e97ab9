"""Communities that fit somebody who belongs to few, each with its reason; never private ones."""

from collections import Counter
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.conversations.models import Comment
from kring.people.models import PersonSkill

from ..models import CommunityPage, Discussion, Membership
from ..querysets import is_given

FEW, MOST = 3, 3
MATES = 2
# How much a reason counts: what one does says more than what one wants, and that more than who is there.
ANSWERED, WANTED, KNOWN = 300, 200, 100


def suggestions_for(user: Any) -> list[tuple[CommunityPage, str]]:
    """At most three, the best first; none for guests, and for who belongs to three or more."""
    if user.is_guest or user.memberships.count() >= FEW:
        return []
    fitting = CommunityPage.objects.visible_to(user).in_use().exclude(memberships__user=user)
    rows = list(fitting.exclude(openness=CommunityPage.Openness.PRIVATE).order_by("title", "pk"))
    if not rows:
        return []
    reasons = {
        **_by_team(user, rows),
        **_by_wish(user, rows),
        **_by_answers(user, rows),
    }
    ranked = sorted(reasons, key=lambda pk: -reasons[pk][0])[:MOST]
    cards = CommunityPage.objects.for_list().in_bulk(ranked)
    return [(cards[pk], reasons[pk][1]) for pk in ranked]


def _by_team(user: Any, rows: list[CommunityPage]) -> dict[int, tuple[int, str]]:
    """Colleagues of one's own team are in it: two at least."""
    team = user.profile.team_id
    if team is None:
        return {}
    mates = Membership.objects.active().filter(community__in=rows, user__profile__team=team)
    counted = mates.order_by().values_list("community").annotate(number=Count("pk"))
    return {
        pk: (
            KNOWN + min(number, 99),
            ngettext("%(count)d of your team is in it", "%(count)d of your team are in it", number)
            % {"count": number},
        )
        for pk, number in counted
        if number >= MATES
    }


def _by_wish(user: Any, rows: list[CommunityPage]) -> dict[int, tuple[int, str]]:
    """It has a tag that is what one wants to learn, or can help with."""
    skills = PersonSkill.objects.filter(user=user).select_related("skill")
    known = {
        name.casefold(): one
        for one in sorted(skills, key=lambda one: one.direction == PersonSkill.Direction.WANTS)
        for name in (one.skill.label_en, one.skill.label_nl)
        if name
    }
    found = {}
    for page in rows:
        one = next((known[tag.casefold()] for tag in page.tags if tag.casefold() in known), None)
        if one is None:
            continue
        wants = one.direction == PersonSkill.Direction.WANTS
        words = (
            _("About %(skill)s, which you want to learn") if wants else _("About %(skill)s, which you know")
        )
        found[page.pk] = (WANTED + wants, words % {"skill": one.skill.label})
    return found


def _by_answers(user: Any, rows: list[CommunityPage]) -> dict[int, tuple[int, str]]:
    """One has answered questions there."""
    answered = Comment.objects.present().filter(
        is_given(Discussion),
        user=user,
        kind=Comment.Kind.ANSWER,
        conversation__content_type__app_label="communities",
        conversation__content_type__model="discussion",
    )
    questions = (
        Discussion.objects.standing()
        .questions()
        .filter(pk__in=answered.order_by().values("conversation__object_id"), community__in=rows)
    )
    numbers = Counter(questions.order_by().values_list("community", flat=True))
    return {
        pk: (
            ANSWERED + min(number, 99),
            ngettext("You answered %(count)d question here", "You answered %(count)d questions here", number)
            % {"count": number},
        )
        for pk, number in numbers.items()
    }
