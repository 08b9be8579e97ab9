"""Likeness of this site's things, asked on somebody's behalf: what they may not read takes no part in it."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from kring.indexing.outbox import unsettled
from kring.indexing.registry import Document, audience_of, searchables

from .engines import Query, current_engine
from .likeness.doubles import Pair, doubles_of, doubles_state
from .likeness.model import Place
from .likeness.reading import Reader
from .likeness.shelf import LOOKED_AT, Near, Shelf
from .likeness.storage import forget
from .likeness.terms import KINDS
from .likeness.writing import follow
from .models import NotAlike
from .results import LATEST, Things, forbidden
from .showing import Card, cards_of
from .things import hits_of

log = structlog.get_logger("kring.search")

# Measured; see docs/adr/0008-likeness.md. Of a thing to another, and of a few typed words to a thing.
ALIKE, CLOSE = 0.5, 0.65
SHOWN = 4
# Of pairs so many are looked up at most.
MOST_PAIRS = 100


def root() -> Path:
    return Path(settings.INDEX_DIR) / "likeness"


def shelf() -> Shelf | None:
    """Where everything lies; None where nothing was learnt."""
    return _reader(root()).shelf()


@lru_cache(maxsize=8)
def _reader(folder: Path) -> Reader:
    return Reader(folder)


def keep_up(things: Collection[str], documents: list[Document]) -> None:
    """Let likeness know what the index was told. Search goes on whatever becomes of it: what cannot be
    written to is forgotten, and learnt anew."""
    try:
        follow(root(), things, documents)
    except Exception:
        log.exception("likeness could not follow; it is learnt anew")
        forget(root())


def related(user: Any, kind: str, pk: int, *, most: int = SHOWN) -> list[Card]:
    """The things most like one that this user reads, none where nothing is alike enough."""
    held = shelf()
    place = held.place_of(f"{kind}:{pk}") if held else None
    if held is None or place is None:
        return []
    near = near_to(user, held, place, but={(kind, pk)})
    alike = sorted((one for one in near if one.likeness >= ALIKE), key=lambda one: -one.likeness)
    return cards_of(user, hits_of(thing_named(one.thing) for one in alike[:most]))


def close_to(user: Any, text: str, *, but: Collection[str] = (), most: int = SHOWN) -> list[Card]:
    """Things about what these words are about, though they may have none of them. but: such as "lesson:3"."""
    held = shelf()
    near = near_to(user, held, held.model.place(text)) if held else []
    found = directions_in_meaning(user, text)
    for one in near:
        found[one.thing] = max(one.direction, found.get(one.thing, 0.0))
    shown = sorted((thing for thing in found if thing not in but), key=lambda thing: -found[thing])
    close = [thing_named(thing) for thing in shown if found[thing] >= CLOSE]
    return cards_of(user, hits_of(close[:most]))


def directions_in_meaning(user: Any, text: str) -> dict[str, float]:
    """Things that a language model finds near, where one was configured, as if they were that near here:
    from CLOSE on, which is EMBEDDINGS_CLOSE of what the model says, to 1."""
    if not settings.EMBEDDINGS_URL:
        return {}
    least = min(settings.EMBEDDINGS_CLOSE, 99) / 100
    query = Query(text, audience_of(user), kinds=_kinds(), hidden=_names(_changed_for(user)))
    found = [one for one in current_engine().in_meaning(query, LOOKED_AT) if one[1] >= least]
    gone = forbidden(user, {thing_named(thing) for thing, _score in found})
    return {
        thing: CLOSE + (1 - CLOSE) * (score - least) / (1 - least)
        for thing, score in found
        if thing_named(thing) not in gone
    }


def near_to(user: Any, held: Shelf, place: Place, *, but: Collection[tuple[str, int]] = ()) -> list[Near]:
    """The nearest that the user may read, by direction. The index's tokens are a moment behind, so what
    changed last is looked up before, and everything found is looked up once more."""
    hidden = _changed_for(user) | set(but)
    near = held.nearest(place, audience_of(user), _kinds(), _names(hidden))
    gone = forbidden(user, {thing_named(one.thing) for one in near})
    return [one for one in near if thing_named(one.thing) not in gone]


def _changed_for(user: Any) -> Things:
    """What changed last and is nothing for this user."""
    return forbidden(user, {one for one in unsettled(LATEST) if one[0] in KINDS})


def _kinds() -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if kind in searchables())


def _names(things: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(sorted(f"{kind}:{pk}" for kind, pk in things))


def thing_named(name: str) -> tuple[str, int]:
    kind, _colon, pk = name.partition(":")
    return kind, int(pk)


@lru_cache(maxsize=8)
def _pairs(folder: Path, state: tuple[str, float]) -> list[Pair]:
    return doubles_of(folder)


def doubles_in(user: Any, communities: Collection[int], *, most: int) -> list[tuple[str, str]]:
    """What looks like the same twice and stands in these communities, as far as this user reads both; the
    likeliest first, without what moderators set apart."""
    held = shelf()
    if held is None:
        return []
    own = {f"c:{pk}" for pk in communities}
    found = [
        pair[:2]
        for pair in _pairs(root(), doubles_state(root()))
        if all(not own.isdisjoint(held.audience_of(thing)) for thing in pair[:2])
    ]
    if not found:
        return []
    apart = set(NotAlike.objects.values_list("pair", flat=True))
    found = [pair for pair in found if pair_name(pair) not in apart][:MOST_PAIRS]
    gone = forbidden(user, {thing_named(thing) for pair in found for thing in pair})
    return [pair for pair in found if gone.isdisjoint(map(thing_named, pair))][:most]


def pair_name(pair: Iterable[str]) -> str:
    """As NotAlike has it: the same for both orders."""
    return " ".join(sorted(pair, key=thing_named))
