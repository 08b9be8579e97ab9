"""Where a text lies. A Model is learnt once and stays as it is; see learning.py."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kring.indexing.registry import Document

from .terms import Compounds, terms_of, text_of

# Of a thing so many of its strongest terms are kept, to compare words by.
STRONGEST = 48
NO_TERM = -1

# Of numpy, which says too little of shapes to be worth more words.
Array = Any


@dataclass(frozen=True, slots=True)
class Place:
    """vector: of length 1, or 0 for a text without a known word. terms: numbers of its strongest terms, in
    order of number, NO_TERM where there are fewer; weights: of these, together of length 1."""

    vector: Array
    terms: Array
    weights: Array

    @property
    def is_known(self) -> bool:
        return bool(self.vector.any())


@dataclass(frozen=True, slots=True)
class Model:
    """index: term to its number. rarity: by number. space: by number, the direction of each term.

    compounds: word to its parts, of those that the collection has.
    """

    index: Mapping[str, int]
    rarity: Array
    space: Array
    compounds: Compounds

    def weighed(self, terms: Sequence[str]) -> tuple[Array, Array]:
        """Numbers of the known terms and what each weighs: rarity, and a little for standing there often."""
        counts = Counter(number for term in terms if (number := self.index.get(term)) is not None)
        numbers = np.fromiter(counts.keys(), np.int32, len(counts))
        often = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
        return numbers, unit(often * self.rarity[numbers])

    def place(self, text: str, language: str = "") -> Place:
        numbers, weights = self.weighed(terms_of(text, language, self.compounds))
        vector = unit(weights @ self.space[numbers])
        strongest = np.argsort(-weights, kind="stable")[:STRONGEST]
        strongest = strongest[np.argsort(numbers[strongest])]
        blank = STRONGEST - len(strongest)
        return Place(
            vector.astype(np.float32),
            np.pad(numbers[strongest], (0, blank), constant_values=NO_TERM),
            np.pad(unit(weights[strongest]), (0, blank)).astype(np.float16),
        )

    def place_of(self, document: Document) -> Place:
        return self.place(text_of(document), document.language)


def unit(vector: Array) -> Array:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
