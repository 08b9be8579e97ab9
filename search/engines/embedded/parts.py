"""Which part of a thing answers best: clauses that are made only where parts are shown."""

import re
from collections.abc import Sequence
from typing import Any

from tantivy import Occur
from tantivy import Query as Clause

from ...text import stem
from ...vocabulary import Vocabulary
from .clauses import either, together
from .schema import PART_FIELDS, SCHEMA
from .weights import COVERAGE, PART_WEIGHT, PREFIX_WEIGHT, STEM_WEIGHT, TIE

Word = tuple[str, list[tuple[str, float]], bool, Sequence[Any]]


class Longer:
    """What begins with a word; an automaton takes a while to make, so each is made once for a question."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Any] = {}

    def than(self, name: str, word: str) -> Any:
        if (name, word) not in self._made:
            self._made[name, word] = Clause.regex_query(SCHEMA, name, f"{re.escape(word)}.+")
        return self._made[name, word]


class Parts:
    """The same question for parts; nothing is counted, since one only has to be the best of its thing."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        codes: Sequence[str],
        longer: Longer,
        phrases: Sequence[tuple[str, ...]],
    ) -> None:
        self.vocabulary, self.codes, self.longer, self.phrases = vocabulary, codes, longer, phrases
        self._words: list[Word] = []

    def add(self, word: str, readings: list[tuple[str, float]], last: bool, others: Sequence[Any]) -> None:
        """others: clauses that count as this word."""
        self._words.append((word, readings, last, others))

    def clause(self) -> Any:
        phrases = [together(name, phrase) for phrase in self.phrases for name in PART_FIELDS]
        found = [Clause.const_score_query(one, COVERAGE) for one in phrases]
        return either([*map(self._word, self._words), *found], 1)

    def _word(self, one: Word) -> Any:
        word, readings, last, others = one
        clauses = [*others]
        split = [(part, PART_WEIGHT) for part in self.vocabulary.splitter.split(word)]
        for name in PART_FIELDS:
            for reading, weight in [*readings, *split]:
                clauses.append(Clause.boost_query(Clause.term_query(SCHEMA, name, reading, "freq"), weight))
                for code in self.codes:
                    stemmed = Clause.term_query(SCHEMA, f"{name}_{code}", stem(reading, code), "freq")
                    clauses.append(Clause.boost_query(stemmed, weight * STEM_WEIGHT))
            if last and len(word) >= 2:
                clauses.append(Clause.const_score_query(self.longer.than(name, word), PREFIX_WEIGHT))
        found = Clause.disjunction_max_query(clauses, TIE)
        covered = Clause.const_score_query(found, COVERAGE)
        return Clause.boolean_query([(Occur.Must, found), (Occur.Should, covered)])
