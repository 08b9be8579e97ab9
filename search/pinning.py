"""Results that moderators put first for some words. No engine knows of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .forms import Asked
from .models import Pin
from .permissions import may_tend_words
from .results import forbidden
from .showing import PERSON, Card, cards_of
from .text import as_asked
from .things import hits_of

MOST = 3

Keeper = Callable[[Any], set[str]]

_keepers: list[Keeper] = []


def register_keeper(communities_of: Keeper) -> None:
    """Say in which communities (primary keys as text) somebody may pin what stands there."""
    if communities_of not in _keepers:
        _keepers.append(communities_of)


def kept_by(user: Any) -> set[str]:
    return {pk for keeper in _keepers for pk in keeper(user)}


def may_pin_people(user: Any) -> bool:
    """People stand in nobody's care: whoever looks after something pins those they may see."""
    return may_tend_words(user)


def words_for(person: Any) -> list[str]:
    """For which words this person stands first."""
    pins = Pin.objects.filter(kind=PERSON, object_id=person.pk).order_by("pk")
    return list(pins.values_list("words", flat=True))


def pinned_for(user: Any, words: str) -> list[tuple[str, int]]:
    """What is pinned to these words and may be read by this user, the first pinned first."""
    pins = list(Pin.objects.filter(words=as_asked(words)).order_by("pk").values_list("kind", "object_id"))
    gone = forbidden(user, set(pins))
    return [thing for thing in pins if thing not in gone][:MOST]


def put_first(user: Any, asked: Asked, context: dict[str, Any]) -> None:
    """Add what is pinned to a page of results, and take it from where else it stands there.

    It stands on the first page of a search without filters; the number of results counts it once.
    """
    words = as_asked(asked.words)
    if not words or asked.narrowed or asked.sort != "relevance":
        return
    context["pinnable"] = kept_by(user)
    context["pins_people"] = may_pin_people(user)
    results = context["results"]
    things = pinned_for(user, words)
    if not things:
        return
    names = {f"{kind}:{pk}" for kind, pk in things}
    _take_out(context, names)
    if asked.page <= 1:
        context["pinned"] = cards_of(user, hits_of(things), results.mark)
    if not results.total:
        results.total, results.exact = len(things), True


def _take_out(context: dict[str, Any], names: set[str]) -> None:
    def others(cards: list[Card]) -> list[Card]:
        return [card for card in cards if card.hit.thing not in names]

    for key in ("cards", "close"):
        context[key] = others(context.get(key, []))
    groups = [replace(group, cards=others(group.cards)) for group in context.get("groups", [])]
    context["groups"] = [group for group in groups if group.cards]
    if "people" in context:
        context["people"] = context["people"].without(names)
