"""What was asked or learned before, for somebody who is about to ask or to tell."""

from collections.abc import Mapping
from typing import Any

from kring.indexing.registry import audience_of, searchables

from .alike import CLOSE, directions_in_meaning, near_to, shelf, thing_named
from .engines import Hit, Query
from .likeness.terms import KINDS
from .results import find
from .showing import Card, cards_of
from .text import STOP_WORDS, clean, words
from .things import hits_of

SHOWN = 4
LEAST_WORDS = 2
BODY_WORDS = 40
# Of the score of words and that of directions; measured, see docs/adr/0008-likeness.md.
WORDS_COUNT = 0.6
LOOKED_AT = 30


def similar(user: Any, title: str, more: str = "", *, but: str = "") -> list[Card]:
    """The nearest questions and lessons that this user may read; none for fewer than two telling words.

    more: plain text that helps where the title alone finds too little. but: a thing that is left out, such as
    "lesson:3". By words, and by what is alike once that was learnt. Raises UnavailableError.
    """
    title = clean(title)
    if _telling(title) < LEAST_WORDS:
        return []
    hits = _hits(user, title)
    beginning = " ".join(more.split()[:BODY_WORDS])
    if len(hits) < SHOWN and _telling(more):
        hits = _hits(user, clean(f"{title} {beginning}")) | hits
    hits.pop(but, None)
    order = _with_likeness(user, f"{title}\n{title}\n{clean(beginning)}", hits, but)[:SHOWN]
    others = {hit.thing: hit for hit in hits_of(thing_named(thing) for thing in order if thing not in hits)}
    known = hits | others
    return cards_of(user, [known[thing] for thing in order if thing in known])


def mixed(scores: Mapping[str, float], directions: Mapping[str, float]) -> list[str]:
    """Things in order. scores: by words, of any size; directions: how near, 1 at most. Some have only one."""
    most = max(scores.values(), default=0.0) or 1.0
    values = {
        thing: WORDS_COUNT * scores.get(thing, 0.0) / most
        + (1 - WORDS_COUNT) * max(directions.get(thing, 0.0), 0.0)
        for thing in {**scores, **directions}
    }
    return sorted(values, key=lambda thing: -values[thing])


def _with_likeness(user: Any, text: str, hits: Mapping[str, Hit], but: str) -> list[str]:
    """What was found by words, and what is near without them, in order."""
    held = shelf()
    directions = directions_in_meaning(user, text)
    if held is None and not directions:
        return list(hits)
    if held:
        place = held.model.place(text)
        near = {one.thing: one.direction for one in near_to(user, held, place) if one.direction >= CLOSE}
        for thing, direction in {**near, **held.directions(place, hits)}.items():
            directions[thing] = max(direction, directions.get(thing, 0.0))
    directions.pop(but, None)
    return mixed({thing: hit.score for thing, hit in hits.items()}, directions)


def _telling(text: str) -> int:
    return sum(len(word) > 1 and word not in STOP_WORDS for word in set(words(text)))


def _hits(user: Any, text: str) -> dict[str, Hit]:
    """Thing to hit, the best first; those with only some of the words where there are few with all."""
    kinds = tuple(kind for kind in KINDS if kind in searchables())
    found = find(user, Query(text, audience_of(user), kinds=kinds, per_page=LOOKED_AT, facets=()))
    return {hit.thing: hit for hit in [*found.hits, *found.close[: max(0, SHOWN - len(found.hits))]]}
