"""What was asked or learned before, for somebody who is about to ask."""

from typing import Any

from kring.indexing.registry import audience_of, searchables

from .engines import Query
from .results import find
from .showing import Card, cards_of
from .text import STOP_WORDS, clean, words

KINDS = ("question", "discussion", "lesson", "article")
SHOWN = 4
LEAST_WORDS = 2
BODY_WORDS = 40


def similar(user: Any, title: str, more: str = "") -> list[Card]:
    """The nearest questions and lessons that this user may read; none for fewer than two telling words.

    more: plain text that helps where the title alone finds too little. Raises UnavailableError.
    """
    title = clean(title)
    if _telling(title) < LEAST_WORDS:
        return []
    hits = _hits(user, title)
    if len(hits) < SHOWN and _telling(more):
        beginning = " ".join(more.split()[:BODY_WORDS])
        known = {hit.thing for hit in hits}
        hits += [hit for hit in _hits(user, clean(f"{title} {beginning}")) if hit.thing not in known]
    return cards_of(user, hits[:SHOWN])


def _telling(text: str) -> int:
    return sum(len(word) > 1 and word not in STOP_WORDS for word in set(words(text)))


def _hits(user: Any, text: str) -> list[Any]:
    kinds = tuple(kind for kind in KINDS if kind in searchables())
    found = find(user, Query(text, audience_of(user), kinds=kinds, per_page=SHOWN, facets=()))
    return [*found.hits, *found.close][:SHOWN]
