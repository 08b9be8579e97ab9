"""What the index proposes for a question, put in order by the one ranker."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ...boosting import Reader
from ...candidates import unpacked
from ...question import Question
from ...ranking import CANDIDATES, rank
from .parsing import Parsed
from .reading import View
from .schema import things_in

Found = list[tuple[float, Any]]

# While somebody types there are few results, and little time.
WHILE_TYPING = 60


class Proposals:
    """Answers of one view of the index, ordered for one reader."""

    def __init__(self, view: View, words: Sequence[str], parsed: Parsed, communities: Sequence[str]) -> None:
        self.searcher = view.searcher
        self.reader = Reader(frozenset(communities))
        self.question = Question(
            words,
            parsed.terms,
            max(1, things_in(view.searcher)),
            view.vocabulary.average_length,
            datetime.now(UTC),
        )

    def page(self, clause: Any, offset: int, limit: int, *, quick: bool = False) -> tuple[Found, int]:
        """(score, address) of a page of what answers the clause, and how many answer it.

        The best of the engine's proposals are put in order; those beyond keep the engine's order.
        """
        looked_at = WHILE_TYPING if quick else CANDIDATES
        if offset >= looked_at:
            found = self.searcher.search(clause, limit, True, offset=offset, weight_by_field="prior")
            return found.hits, int(found.count)
        found = self.searcher.search(clause, max(looked_at, offset + limit), True, weight_by_field="prior")
        ordered = self._ordered(found.hits[:looked_at]) + found.hits[looked_at:]
        return ordered[offset : offset + limit], int(found.count)

    def _ordered(self, hits: Found) -> Found:
        if len(hits) < 2:
            return hits
        addresses = {}
        candidates = []
        for _score, address in hits:
            text = bytes(self.searcher.doc(address).get_first("ranked")).decode("utf-8", "replace")
            candidate = unpacked(text)
            addresses[candidate.key] = address
            candidates.append(candidate)
        ranked = rank(candidates, self.question, self.reader)
        return [(one.score, addresses[one.candidate.key]) for one in ranked]
