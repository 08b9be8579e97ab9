"""Virtual coffee: every second Monday those who like it are paired with a colleague of another team."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import Distance, User

from ..models import CoffeePair, CoffeeWish
from ..permissions import can_have_coffee
from .pairing import NEVER, pair_up

FIRST_MONDAY = date(2024, 1, 1)
ROUND_DAYS = 14
HOUR = 8
NO_REPEAT = 12
SAME_TEAM = 10_000
MET_LATELY = 100
OPENERS = (
    gettext_lazy("What did you do last week that you would gladly do again?"),
    gettext_lazy("What do people often ask you, and what would you like to be asked?"),
    gettext_lazy("Which part of your work would nobody guess from your title?"),
    gettext_lazy("What did you learn the hard way that you could spare others?"),
    gettext_lazy("Whom here should more people know, and why?"),
    gettext_lazy("What works well in your team that ours could borrow?"),
    gettext_lazy("What are you learning at the moment, at work or not?"),
    gettext_lazy("Where do you work best, and what does it look like there?"),
    gettext_lazy("What would you change tomorrow if you could?"),
)
OPENERS_SHOWN = 3


@transaction.atomic
def like_coffee(*, by: User) -> None:
    """Be paired from the next round on, also after a pause. Raises PermissionDenied."""
    if not can_have_coffee(by):
        raise PermissionDenied
    CoffeeWish.objects.update_or_create(user=by, defaults={"paused": False})


@transaction.atomic
def pause_coffee(*, by: User) -> None:
    """Stay out of it until one says so; without a wish there is nothing to pause."""
    CoffeeWish.objects.filter(user=by).update(paused=True)


@transaction.atomic
def end_coffee(*, by: User) -> None:
    """Be asked no more. With whom one had coffee stays."""
    CoffeeWish.objects.filter(user=by).delete()


@transaction.atomic
def say_met(*, pair: CoffeePair, by: User, met: bool = True) -> CoffeePair:
    """Say for all of the group that they had their coffee, or that they did not after all. Twice is as once.

    Raises PermissionDenied.
    """
    pair = CoffeePair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if not pair.people.filter(pk=by.pk).exists():
        raise PermissionDenied
    if bool(pair.met_at) != met:
        pair.met_at = timezone.now() if met else None
        pair.save(update_fields=["met_at"])
    return pair


def round_on(day: date) -> int:
    """The number of the round in which this day lies; each begins on a Monday."""
    return (day - FIRST_MONDAY).days // ROUND_DAYS + 1


def next_round_on(day: date) -> date:
    """The Monday on which the next round begins."""
    return round_begins_on(round_on(day) + 1)


def round_begins_on(number: int) -> date:
    return FIRST_MONDAY + timedelta(days=(number - 1) * ROUND_DAYS)


def hold_round_if_due(now: datetime) -> int:
    """Meant to run every hour: on the first day of a round after eight, or the day after; the pairs made."""
    local = timezone.localtime(now)
    day = (local.date() - FIRST_MONDAY).days % ROUND_DAYS
    if day > 1 or (day == 0 and local.hour < HOUR):
        return 0
    return hold_round(number=round_on(local.date()), now=now)


@transaction.atomic
def hold_round(*, number: int, now: datetime) -> int:
    """Pair all who like to and tell them; how many pairs. Done twice is as once."""
    wishes = CoffeeWish.objects.select_for_update(of=("self",)).filter(paused=False, user__in=_able())
    people = {row.user_id: row.user for row in wishes.select_related("user__profile__team")}
    if CoffeePair.objects.filter(round=number).exists():
        return 0
    groups = pair_up(list(people), _cost(people, number), seed=number)
    for group in groups:
        pair = CoffeePair.objects.create(round=number, at=now)
        pair.people.set(group)
        for pk in group:
            _tell(pair, people[pk], [people[other] for other in group if other != pk])
    return len(groups)


def _able() -> Any:
    return User.objects.active().filter(is_guest=False)


def _cost(people: dict[int, User], number: int) -> Any:
    """Never for who keeps a distance; same team worse than anybody met lately, the longest ago best."""
    apart = Distance.objects.filter(user__in=people, other__in=people).values_list("user", "other")
    never = {frozenset(row) for row in apart}
    met = _met_before(number)
    teams = {pk: user.profile.team_id for pk, user in people.items()}

    def cost(one: int, two: int) -> float:
        both = frozenset((one, two))
        if both in never:
            return NEVER
        same = teams[one] is not None and teams[one] == teams[two]
        lately = MET_LATELY + NO_REPEAT - (number - met[both]) if both in met else 0
        return SAME_TEAM * same + lately

    return cost


def _met_before(number: int) -> dict[frozenset[int], int]:
    """Two people to the last of the twelve rounds before in which they met."""
    rows = CoffeePair.objects.filter(round__gte=number - NO_REPEAT, round__lt=number).order_by("round")
    found: dict[frozenset[int], int] = {}
    for pair in rows.prefetch_related("people"):
        group = [user.pk for user in pair.people.all()]
        for place, one in enumerate(group):
            for two in group[place + 1 :]:
                found[frozenset((one, two))] = pair.round
    return found


def openers_of(pair: CoffeePair) -> list[str]:
    """Three questions to begin with, the same for all of the group, in the active language."""
    return [str(OPENERS[(pair.pk * OPENERS_SHOWN + place) % len(OPENERS)]) for place in range(OPENERS_SHOWN)]


def why_together(user: User, others: Iterable[User]) -> str:
    """In the active language: in which teams they are, where these differ."""
    teams = [one.profile.team.name for one in (user, *others) if one.profile.team]
    if len(set(teams)) < 2:
        return _("You both like a coffee with a colleague now and then.")
    return _("You work in different teams: %(teams)s.") % {"teams": ", ".join(dict.fromkeys(teams))}


def _tell(pair: CoffeePair, user: User, others: list[User]) -> None:
    first, *rest = others
    with translation.override(user.language or settings.LANGUAGE_CODE):
        lines = [why_together(user, others), *(f"– {line}" for line in openers_of(pair))]
        notify(
            kind="coffee.pair",
            recipients=[user],
            actor=first,
            title=_("Virtual coffee"),
            url=reverse("coffee"),
            group_key=f"coffee:{pair.pk}",
            dedupe_key=f"coffee:{pair.round}",
            data={
                "excerpt": "\n".join(lines),
                "also": [other.name for other in rest],
                "also_people": [other.pk for other in rest],
            },
        )


def _sentence(row: Notification) -> str:
    name = row.actor.name if row.actor else _("a colleague")
    also = row.data.get("also", [])
    if not also:
        return _("You have a coffee with %(name)s: find a quarter of an hour together") % {"name": name}
    names = {"name": name, "also": ", ".join(also)}
    return _("You have a coffee with %(name)s and %(also)s: find a quarter of an hour together") % names


def coffees_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Whether they like coffee, and with whom they had one."""
    wishes: Any = CoffeeWish.objects.filter(user=user).values("since", "paused")
    pairs = user.coffees.prefetch_related("people")
    return {
        "likes_coffee": list(wishes),
        "coffees": [
            {
                "round": pair.round,
                "at": pair.at,
                "met": pair.met_at,
                "with": [other.name for other in pair.people.all() if other != user],
            }
            for pair in pairs
        ],
    }


@transaction.atomic
def erase_coffees(user: User) -> None:
    """Nobody is paired with them any more, and no message names them."""
    CoffeeWish.objects.filter(user=user).delete()
    for pair in list(user.coffees.all()):
        pair.people.remove(user)
        for row in Notification.objects.filter(group_key=f"coffee:{pair.pk}"):
            if user.pk in row.data.get("also_people", []):
                row.data = {**row.data, "also": [], "also_people": []}
                row.save(update_fields=["data"])


def register_coffee() -> None:
    register_kind(
        "coffee.pair",
        _sentence,
        gettext_lazy("A coffee with a colleague"),
        group="coffee",
        why=gettext_lazy("because you like a coffee with a colleague now and then"),
    )
