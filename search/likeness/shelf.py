"""What is near: one state of likeness, asked on behalf of somebody with audience tokens."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from .files import Places
from .model import Array, Model, Place

# So many of the nearest by direction are compared by their words, too.
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Near:
    """A thing near another. direction: the cosine of where they lie; words: that of their strongest terms."""

    thing: str
    direction: float
    words: float = 0.0

    @property
    def likeness(self) -> float:
        """0 to 1. Of things alike both are large; see docs/adr/0008-likeness.md."""
        return (self.direction + self.words) / 2


@dataclass(frozen=True, slots=True)
class Rows:
    """Of each row what can be said without looking where it lies. present: it is the newest of its thing.

    kinds, groups: by row, a number of kinds_known and of audiences.
    """

    things: list[str]
    row_of: dict[str, int]
    present: Array
    kinds: Array
    kinds_known: dict[str, int]
    groups: Array
    audiences: list[tuple[str, ...]]


class Shelf:
    """One state of likeness, which stays as it is while a question is answered."""

    def __init__(self, model: Model, blocks: list[Places], rows: Rows) -> None:
        self.model = model
        self.blocks = [block for block in blocks if block.things]
        self.table = rows
        self.row_of = rows.row_of

    def place_of(self, thing: str) -> Place | None:
        row = self.row_of.get(thing)
        if row is None:
            return None
        return Place(*(self.rows(name, np.array([row]))[0] for name in ("vectors", "terms", "weights")))

    def audience_of(self, thing: str) -> tuple[str, ...]:
        row = self.row_of.get(thing)
        return () if row is None else self.table.audiences[self.table.groups[row]]

    def rows(self, name: str, rows: Array) -> Array:
        """Of these rows the vectors, terms or weights."""
        start, found = 0, None
        for block in self.blocks:
            table = getattr(block, name)
            inside = (rows >= start) & (rows < start + len(table))
            if found is None:
                found = np.zeros((len(rows), table.shape[1]), table.dtype)
            found[inside] = table[rows[inside] - start]
            start += len(table)
        return found

    def open_to(self, audience: Collection[str], kinds: Collection[str] = ()) -> Array:
        """By row, whether whoever holds these tokens may know of it, and it is of these kinds."""
        held = set(audience)
        allowed = np.array([not held.isdisjoint(tokens) for tokens in self.table.audiences], bool)
        found = self.table.present & allowed[self.table.groups]
        if kinds:
            known = self.table.kinds_known
            found &= np.isin(self.table.kinds, [known[kind] for kind in kinds if kind in known])
        return found

    def nearest(
        self,
        place: Place,
        audience: Collection[str],
        kinds: Collection[str] = (),
        hidden: Collection[str] = (),
    ) -> list[Near]:
        """The nearest of what may be known of, by direction; some sixty.

        Also of a place without a known word, all of them at nothing: how long it takes tells nobody whether
        a word is known.
        """
        if not self.row_of:
            return []
        may = self.open_to(audience, kinds)
        may[[self.row_of[thing] for thing in hidden if thing in self.row_of]] = False
        rows = np.flatnonzero(may)
        scores = np.concatenate([block.vectors @ place.vector for block in self.blocks])[rows]
        if len(rows) > LOOKED_AT:
            best = np.argpartition(-scores, LOOKED_AT)[:LOOKED_AT]
            rows, scores = rows[best], scores[best]
        shared = self._shared_words(place, rows)
        order = np.lexsort((rows, -scores))
        return [Near(self.table.things[rows[at]], float(scores[at]), float(shared[at])) for at in order]

    def directions(self, place: Place, things: Iterable[str]) -> dict[str, float]:
        """How near these things are, of those that have a place."""
        known = [thing for thing in things if thing in self.row_of]
        vectors = self.rows("vectors", np.array([self.row_of[thing] for thing in known], int))
        return dict(zip(known, (vectors @ place.vector).tolist(), strict=True)) if known else {}

    def _shared_words(self, place: Place, rows: Array) -> Array:
        pairs = np.broadcast_to(place.terms, (len(rows), len(place.terms)))
        weights = np.broadcast_to(place.weights, pairs.shape)
        return shared_words(pairs, weights, self.rows("terms", rows), self.rows("weights", rows))


def shared_words(terms: Array, weights: Array, others: Array, other_weights: Array) -> Array:
    """Row by row, the cosine of two things' strongest terms."""
    same = terms[:, :, None] == others[:, None, :]
    return np.einsum(
        "pi,pij,pj->p", weights.astype(np.float32), same, other_weights.astype(np.float32), optimize=False
    )
