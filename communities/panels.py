"""What other apps show on a community's page, and what communities show on a person's."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.conversations.models import Comment
from kring.people.models import PersonSkill, User
from kring.people.panels import register_panel as register_person_panel
from search.pinning import words_for

from .models import CommunityPage, Discussion, Membership
from .permissions import place_now
from .querysets import is_given, readable_communities

SHOWN = 5
SKILLS_SHOWN, KNOWING_SHOWN = 8, 3


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a community's front page.

    render: gets (user, community) and gives safe HTML, a section with its own h2, or None for nothing; it
    decides itself what the user may read. label: lazy text. tab_url: gives the address of the page that
    shows everything of it, for a tab of its own; None for no tab. order sorts panels and tabs.
    """

    key: str
    label: Any
    render: Callable[[Any, CommunityPage], str | None]
    order: int = 0
    tab_url: Callable[[CommunityPage], str] | None = None


@dataclass(frozen=True, slots=True)
class Continuation:
    """What the answer to a question can become: a form of another app, filled in from it.

    label: lazy, on the link to it ("Make it a lesson"). url: gives its address, or "" where this user may
    not. made: gives (what it became, title, address, language) of each that this user may read.
    """

    key: str
    label: Any
    icon: str
    url: Callable[[Any, Discussion], str]
    made: Callable[[Any, Discussion], Iterable[tuple[str, str, str, str]]]
    order: int = 0


_panels: dict[str, Panel] = {}
_continuations: dict[str, Continuation] = {}


def register_panel(panel: Panel) -> None:
    """Show this on every community's page."""
    _panels[panel.key] = panel


def panels() -> list[Panel]:
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.key))


def register_continuation(continuation: Continuation) -> None:
    """Offer this beside every answer that helped."""
    _continuations[continuation.key] = continuation


def continuations_of(user: Any, question: Discussion) -> dict[str, list[Any]]:
    """`became`: what was made of a solved question; `offers`: (label, icon, address) of what may be yet."""
    found: dict[str, list[Any]] = {"offers": [], "became": []}
    registered = _continuations.values() if question.accepted_id else ()
    for one in sorted(registered, key=lambda one: (one.order, one.key)):
        if made := list(one.made(user, question)):
            found["became"] += made
        elif address := one.url(user, question):
            found["offers"].append((one.label, one.icon, address))
    return found


def rendered_panels(user: Any, community: CommunityPage) -> list[str]:
    return [html for panel in panels() if (html := panel.render(user, community))]


def tabs(community: CommunityPage, current: str) -> list[dict[str, Any]]:
    """Tabs of a community's pages. current: "front", "talk", "reading", "members" or the key of a panel."""
    found = [
        ("front", _("Front page"), community.get_absolute_url()),
        ("talk", _("Conversations"), talk_of(community)),
        *_reading_tab(community, current),
        *((panel.key, panel.label, panel.tab_url(community)) for panel in panels() if panel.tab_url),
        ("members", _("Members"), reverse("community_members", args=[community.pk])),
    ]
    return [{"label": label, "url": url, "current": key == current} for key, label, url in found]


def _reading_tab(community: CommunityPage, current: str) -> list[tuple[str, Any, str]]:
    if community.form != CommunityPage.Form.THINK_CLUB and current != "reading":
        return []
    return [("reading", _("Reading list"), reverse("community_reading", args=[community.pk]))]


def talk_of(community: CommunityPage) -> str:
    """Address of its questions and discussions."""
    return f"{reverse('discussions')}?community={community.pk}"


def list_now(request: HttpRequest, chosen: Collection[int]) -> str:
    """Where a list narrowed to one community is, once that one became part of another; empty where not."""
    place = place_now(request.user, next(iter(chosen))) if len(chosen) == 1 else None
    if place is None:
        return ""
    query = request.GET.copy()
    query["community"] = str(place.pk)
    return f"{request.path}?{query.urlencode()}"


def communities_of(user: Any, person: User) -> str | None:
    """The person's communities, as far as this reader may read them."""
    rows = person.memberships.filter(readable_communities(user, "community__"), community__live=True)
    found = list(rows.select_related("community").order_by("community__title"))
    if not found:
        return None
    return render_to_string("communities/person_communities.html", {"memberships": found, "person": person})


def first_for(user: Any, person: User) -> str | None:
    """For which words they stand first in the results: for their own eyes, to take it away."""
    words = words_for(person) if user.pk == person.pk else []
    return render_to_string("communities/person_first.html", {"words": words}) if words else None


def answers_of(user: Any, person: User) -> str | None:
    """Questions this person answered, those where it helped first, as far as this reader may read them."""
    answers = Comment.objects.present().filter(
        is_given(Discussion),
        user=person,
        kind=Comment.Kind.ANSWER,
        conversation__content_type__app_label="communities",
        conversation__content_type__model="discussion",
    )
    answered = answers.order_by().values("conversation__object_id")
    questions = Discussion.objects.visible_to(user).questions().filter(pk__in=answered)
    count = questions.count()
    if not count:
        return None
    helped = questions.filter(Q(accepted__user=person) | Q(also_accepted__user=person)).distinct()
    shown = list(helped.for_list().order_by("-created_at")[:SHOWN])
    rest = questions.exclude(pk__in=[one.pk for one in shown]).for_list().order_by("-created_at")
    shown += rest[: SHOWN - len(shown)]
    context = {"questions": shown, "count": count, "helped": helped.count(), "person": person}
    return render_to_string("communities/person_answers.html", context)


def who_knows(user: Any, community: CommunityPage) -> str | None:
    """What its members can help with, what most of them offer first, with the ablest of each."""
    offers = PersonSkill.objects.filter(
        direction=PersonSkill.Direction.OFFERS,
        user__is_active=True,
        user__in=Membership.objects.filter(community=community).values("user"),
    )
    counted = offers.order_by().values_list("skill").annotate(number=Count("pk"))
    numbers = dict(counted.order_by("-number", "skill__label_en", "skill")[:SKILLS_SHOWN])
    if not numbers:
        return None
    rows = offers.filter(skill__in=numbers).annotate(place=_place()).filter(place__lte=KNOWING_SHOWN)
    found: dict[int, list[PersonSkill]] = {}
    for row in rows.select_related("skill", "user").order_by("place"):
        found.setdefault(row.skill_id, []).append(row)
    skills = [
        {
            "label": found[pk][0].skill.label,
            "people": [row.user for row in found[pk]],
            "others": number - len(found[pk]),
        }
        for pk, number in numbers.items()
    ]
    return render_to_string("communities/who_knows.html", {"skills": skills})


def _place() -> Window:
    """Among those who offer the same skill: the ablest first."""
    return Window(
        RowNumber(), partition_by=F("skill"), order_by=[F("level").desc(), F("user__plain_name"), "pk"]
    )


def register_panels() -> None:
    register_panel(Panel("who-knows", gettext_lazy("Who knows what"), who_knows, order=90))
    register_person_panel(communities_of, order=10)
    register_person_panel(answers_of, order=40)
    register_person_panel(first_for, order=90)
