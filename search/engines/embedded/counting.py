"""How many things hold a word: those that one reader may read, or all."""

from collections.abc import Sequence
from typing import Any

from ...text import stem
from .clauses import any_of, either, filtered, term
from .schema import FIELDS, things_in

# Stands in no text.
NOWHERE = "\0"


class Counts:
    """Answers for one reader and one question. readable: the clause for what this reader may read."""

    def __init__(self, searcher: Any, readable: Any, codes: Sequence[str]) -> None:
        self.searcher, self.readable, self.codes = searcher, readable, codes
        self.documents = max(1, things_in(searcher))
        self._counts: dict[str, int] = {}

    def of(self, word: str) -> int:
        """Things with this word that the reader may read."""
        if word not in self._counts:
            self._counts[word] = self.answering(either(term(name, word) for name in FIELDS))
        return self._counts[word]

    def of_all(self, words: Sequence[str], most: int) -> dict[str, int]:
        """The same of each of these, `most` at most. It takes as much for words that only others may read as
        for none: one question, and where some of them are found, so many that there are `most`."""
        found = dict.fromkeys(words[:most], 0)
        if self.any_of(list(found)):
            found = {word: self.of(word) for word in found}
            for _ in range(most - len(found)):
                self.any_of([])
        return found

    def any_of(self, words: Sequence[str]) -> bool:
        """Whether the reader may find any of these."""
        return self.any(either(any_of(name, words or [NOWHERE]) for name in FIELDS))

    def any(self, clause: Any) -> bool:
        """Whether the reader may read something that answers it."""
        return self.answering(clause) > 0

    def answering(self, clause: Any) -> int:
        return int(self.searcher.search(filtered(clause, [self.readable]), 1, True).count)

    def seen(self, word: str) -> int:
        """Things with a form of this word, whoever may read them: how rare it is."""
        return sum(
            max(self.searcher.doc_freq(f"{name}_{code}", stem(word, code)) for name in FIELDS)
            for code in self.codes
        )

    def look_up_nothing(self, times: int) -> None:
        """As long as it takes to see how rare so many words are."""
        for _ in range(times):
            self.seen(NOWHERE)
