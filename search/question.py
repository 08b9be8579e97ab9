"""What was asked, as the ranker reads it: the words, and all that each of them may stand for."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from .text import LANGUAGES, STOP_WORDS, stem

# Language of a text to the languages whose stems it holds.
TEXTS = {code: (code,) for code in LANGUAGES} | {"": tuple(LANGUAGES)}

# What a reading of a word is worth. Corrections by the number of slips.
EXACT = 1.0
COMPLETED = 0.9
CORRECTED = (1.0, 0.8, 0.6, 0.45)
SYNONYM = 0.6
JOINED = 0.9
PART = 0.5
LONGEST_EXACT = 250


@dataclass(frozen=True, slots=True)
class Term:
    """One reading of a word of the question.

    word: which word, counted from 0. forms: language to the stem, or stems with a space between them, by
    which it stands in texts of that language. seen: documents that have it. adds: a part of the word, which
    counts beside the other readings.
    """

    word: int
    forms: Mapping[str, str]
    weight: float = EXACT
    seen: int = 0
    adds: bool = False
    means_same: bool = False


# Language of a text, or "", to (term, how rare it is, the forms in which it stands there).
Readings = dict[str, list[tuple[Term, float, tuple[str, ...]]]]


@dataclass(frozen=True)
class Question:
    """What was asked, and of what collection. text: its words, folded. average: words in a document."""

    text: Sequence[str]
    terms: Sequence[Term]
    documents: int
    average: float
    now: datetime | None = None

    @cached_property
    def rarities(self) -> list[float]:
        return [rarity(term.seen, self.documents) for term in self.terms]

    @cached_property
    def phrase(self) -> str:
        return " ".join(self.text)[:LONGEST_EXACT]

    @cached_property
    def ends_in_word(self) -> bool:
        """Whether its last word stands in texts by itself: then it is no mere beginning of another."""
        last = len(self.text) - 1
        return any(term.word == last and term.weight == EXACT and term.seen for term in self.terms)

    @cached_property
    def readings(self) -> Readings:
        return {
            language: [
                (term, rare, tuple(dict.fromkeys(term.forms[code] for code in codes if code in term.forms)))
                for term, rare in zip(self.terms, self.rarities, strict=True)
            ]
            for language, codes in TEXTS.items()
        }

    def readings_among(self, stems: Collection[str]) -> Readings:
        """Those of which these are forms, or that are phrases: what stands in no text needs no look at it."""
        return {
            language: [one for one in found if any(form in stems or " " in form for form in one[2])]
            for language, found in self.readings.items()
        }

    @cached_property
    def stems(self) -> frozenset[str]:
        """All that is counted in a text."""
        forms = [form for term in self.terms for form in term.forms.values()]
        paired = [one for _, pairs in self.pairs[""] for pair in pairs for one in pair]
        return frozenset([*forms, *paired])

    @cached_property
    def pairs(self) -> dict[str, list[tuple[float, tuple[tuple[str, str], ...]]]]:
        """Language of a text, or "", to (how rare two words are together, their stems in this order)."""
        known: dict[str, float] = {}
        for term, rare in zip(self.terms, self.rarities, strict=True):
            if term.word < len(self.text) and term.weight == EXACT:
                known.setdefault(self.text[term.word], rare)
        wanted = [
            (first, second)
            for first, second in pairwise(self.text)
            if not (first in STOP_WORDS and second in STOP_WORDS)
        ]
        return {
            language: [
                (
                    known.get(first, 0.0) + known.get(second, 0.0),
                    tuple(dict.fromkeys((stem(first, code), stem(second, code)) for code in codes)),
                )
                for first, second in wanted
            ]
            for language, codes in TEXTS.items()
        }


def forms_of(word: str, languages: Iterable[str] = LANGUAGES) -> dict[str, str]:
    """Term.forms of a folded word, or of several with spaces between them."""
    return {code: " ".join(stem(one, code) for one in word.split()) for code in languages}


def completed(
    index: int, word: str, longer: Iterable[str], languages: Sequence[str], seen: Callable[[str], int]
) -> list[Term]:
    """Words that go on from an unfinished one; none is rarer than that itself, which may be all of it."""
    known = seen(word)
    return [Term(index, forms_of(one, languages), COMPLETED, seen(one) + known) for one in longer]


def rarity(seen: int, documents: int) -> float:
    seen = min(seen, documents)
    return math.log(1 + (documents - seen + 0.5) / (seen + 0.5))
