"""Learning a Model: the directions in which the texts of a site differ most, by a randomised decomposition.

Halko, Martinsson and Tropp, "Finding structure with randomness" (2011): the table of terms and texts is
multiplied with a few random directions, which after two rounds lie nearly where the strongest ones do.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .model import Array, Model
from .terms import Compounds

DIRECTIONS, TEXTS_TO_A_DIRECTION = 100, 3
# A term of a single text tells nothing of others, nor does one of every third text.
FEWEST_TEXTS, MOST_TEXTS = 2, 0.3
MOST_TERMS = 50_000
ROUNDS, SPARE = 2, 10
SEED = 1
AT_A_TIME = 20_000


def learn(texts: Sequence[Sequence[str]], compounds: Compounds) -> Model:
    """texts: the terms of each. The same texts give the same model. Texts without a term in common give one
    that places nothing."""
    counts = Counter(term for text in texts for term in set(text))
    most = max(FEWEST_TEXTS, len(texts) * MOST_TEXTS)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    known = [one for one in ordered if FEWEST_TEXTS <= one[1] <= most][:MOST_TERMS]
    index = {term: number for number, (term, _count) in enumerate(known)}
    rarity = np.array([math.log(1 + len(texts) / count) for _term, count in known], np.float32)
    blank = Model(index, rarity, np.zeros((len(index), 1), np.float32), compounds)
    rows = [blank.weighed(text) for text in texts]
    table = Sparse.of(rows, len(index))
    return Model(index, rarity, _directions(table) if table.values.size else blank.space, compounds)


@dataclass(frozen=True, slots=True)
class Sparse:
    """A table that is nearly empty: of row n the columns and values from ends[n] to ends[n + 1]."""

    ends: Array
    columns: Array
    values: Array
    width: int

    @classmethod
    def of(cls, rows: Sequence[tuple[Array, Array]], width: int) -> "Sparse":
        ends = np.concatenate([[0], np.cumsum([len(numbers) for numbers, _weights in rows])]).astype(np.int64)
        columns, values = (np.concatenate([row[which] for row in rows]) for which in (0, 1))
        return cls(ends, columns, values, width)

    @property
    def height(self) -> int:
        return len(self.ends) - 1

    def turned(self) -> "Sparse":
        """Rows and columns swapped."""
        order = np.argsort(self.columns, kind="stable")
        rows = np.repeat(np.arange(self.height, dtype=np.int32), np.diff(self.ends))
        ends = np.searchsorted(self.columns[order], np.arange(self.width + 1))
        return Sparse(ends, rows[order], self.values[order], self.height)

    def times(self, other: Array) -> Array:
        """The product with a full table, a few rows at a time."""
        found = np.zeros((self.height, other.shape[1]), np.float32)
        filled = np.flatnonzero(np.diff(self.ends))
        start = 0
        while start < len(filled):
            begins = self.ends[filled[start]]
            stop = max(start + 1, int(np.searchsorted(self.ends[filled + 1], begins + AT_A_TIME, "right")))
            rows = filled[start:stop]
            part = slice(begins, self.ends[rows[-1] + 1])
            products = other[self.columns[part]] * self.values[part, None]
            found[rows] = np.add.reduceat(products, self.ends[rows] - begins, axis=0)
            start = stop
        return found


def _directions(table: Sparse) -> Array:
    """By term, the strongest directions of a table of texts."""
    number = max(1, min(DIRECTIONS, table.height // TEXTS_TO_A_DIRECTION, table.width - 1))
    chance = np.random.default_rng(SEED)
    tried = min(number + SPARE, table.height, table.width)
    found = chance.standard_normal((table.width, tried)).astype(np.float32)
    turned = table.turned()
    for _round in range(ROUNDS):
        texts, _ = np.linalg.qr(table.times(found))
        found, _ = np.linalg.qr(turned.times(texts))
    texts = table.times(found).astype(np.float64)
    strength, mix = np.linalg.eigh(texts.T @ texts)
    strongest = np.argsort(-strength)[:number]
    return (found @ mix[:, strongest]).astype(np.float32)
