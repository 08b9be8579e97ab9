"""Kinds of places in which talk stands, and who looks after them. Apps above register theirs in ready().

A place is named by its audience token: "c:12" is the community 12.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


def nobody(user: Any, audience: str) -> bool:
    return False


def no_people(audience: str) -> Iterable[Any]:
    return ()


def no_reason(user: Any, audience: str, text: str) -> str:
    return ""


def nothing(audience: str) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place. `prefix` begins its tokens.

    moderates, leads: predicates (user, audience). moderators, lead_people: the people themselves, who are
    told. why_held: gets (user, audience, text) and gives a key of HELD_FOR, or an empty string; it raises
    ValidationError for what is not taken at all. thing: what the place itself is, with title and address.
    allows_anonymous: whether one may write there without a name. canned: (title, text) of ready answers.
    """

    prefix: str
    moderates: Callable[[Any, str], bool] = nobody
    leads: Callable[[Any, str], bool] = nobody
    moderators: Callable[[str], Iterable[Any]] = no_people
    lead_people: Callable[[str], Iterable[Any]] = no_people
    why_held: Callable[[Any, str, str], str] = no_reason
    thing: Callable[[str], Any] = nothing
    allows_anonymous: Callable[[str], bool] = lambda audience: False
    canned: Callable[[str], Iterable[tuple[str, str]]] = no_people


_places: dict[str, Place] = {}
NOWHERE = Place("")


def register_place(place: Place) -> None:
    _places[place.prefix] = place


def place_of(audience: str) -> Place:
    """The registration for a token; one where nobody may do anything, where there is none."""
    return _places.get(audience.split(":")[0], NOWHERE)


def looks_after(user: Any, audience: str) -> bool:
    """Whether they moderate this place."""
    return place_of(audience).moderates(user, audience)


def leads_place(user: Any, audience: str) -> bool:
    return place_of(audience).leads(user, audience)
