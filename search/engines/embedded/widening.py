"""What is looked for beside the words of a query, in tantivy's queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from tantivy import Query as Clause

from ...question import SYNONYM
from ...text import stem
from ...thesaurus import Beside
from ...vocabulary import Vocabulary
from .clauses import any_of, either, filtered, term, together
from .schema import FIELDS, PART_FIELDS, UNKNOWN

# Stems stand in the index without their places, so the last word of a phrase is asked for in these forms.
MOST_FORMS = 6


class Widening:
    """Answers for one query."""

    def __init__(self, beside: Sequence[Beside], vocabulary: Vocabulary) -> None:
        self.beside, self.vocabulary = beside, vocabulary

    def of(self, index: int) -> list[Beside]:
        return [one for one in self.beside if one.stands_for(index)]

    def clauses(self, beside: Iterable[Beside]) -> list[Any]:
        """For things. Phrases are looked for in texts of their language; stems stand in no other."""
        return [Clause.boost_query(self._clause(one), SYNONYM) for one in beside]

    def part_clauses(self, beside: Iterable[Beside]) -> list[Any]:
        return [Clause.boost_query(self._in(one, PART_FIELDS), SYNONYM) for one in beside]

    def _clause(self, one: Beside) -> Any:
        clause = self._in(one, FIELDS)
        if len(one.words) == 1:
            return clause
        return filtered(clause, [any_of("language", [one.language, UNKNOWN])])

    def _in(self, one: Beside, names: Iterable[str]) -> Any:
        if len(one.words) == 1:
            word = stem(one.words[0], one.language)
            return either(term(f"{name}_{one.language}", word) for name in names)
        *before, last = one.words
        forms = self.vocabulary.forms(last, one.language, MOST_FORMS)
        return either(together(name, [*before, form]) for name in names for form in forms)
