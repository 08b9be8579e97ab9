"""Answering one question: conditions find and count, the server proposes, the ranker orders."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ...boosting import Reader
from ...question import Question
from ...ranking import rank
from ...snippets import Marker
from ...text import LANGUAGES, clean, take_apart
from ..base import DEEPEST, Hit, Query, Results
from .asking import (
    CANDIDATES,
    EACH,
    EACH_OF_FEW,
    FEW,
    MOST_OF_FEW,
    STEPS,
    WHILE_TYPING,
    Asking,
    all_of,
    counted,
    narrowed,
    plain_facets,
    readable,
)
from .counting import Counts, Memory
from .documents import candidate_of
from .hits import Page
from .parsing import Parsed, Parser
from .server import Server, any_of
from .vocabulary import Known

NOTHING = "whole = false AND whole = true"


class Answer:
    """A question and how this index reads it. Everything is counted and found within what may be read."""

    def __init__(self, server: Server, index: str, known: Known, memory: Memory, query: Query) -> None:
        self.server, self.index, self.known, self.query = server, index, known, query
        self.typed = clean(query.text)
        few = known.things <= FEW
        self.each, self.most = (EACH_OF_FEW, MOST_OF_FEW) if few else (EACH, CANDIDATES)
        self.parsed = self._parse(memory)
        if self.parsed:
            self.asking = Asking(index, self.parsed)

    def _parse(self, memory: Memory) -> Parsed | None:
        """None for a question with letters or digits in none of its words."""
        self.words: tuple[str, ...] = ()
        if not self.typed:
            return Parsed("", NOTHING, [], [], [], Marker())
        wanted = take_apart(self.query.text)
        if not wanted.words:
            return None
        self.words = wanted.words
        languages = [self.query.language] if self.query.language in LANGUAGES else []
        counts = Counts(self.server, self.index, readable(self.query), memory)
        parser = Parser(counts, self.known, languages)
        return parser.parse(wanted, self.query.thesaurus)

    def results(self) -> Results:
        parsed, query = self.parsed, self.query
        if parsed is None:
            return Results()
        found = Results(corrections=list(dict.fromkeys(parsed.corrections)), mark=parsed.marker.mark)
        hits, found.total, found.facets = self._found(parsed.strict, STEPS[:1])
        if not found.total and self.typed:
            found.exact = False
            hits, found.total, found.facets = self._found(parsed.loose, STEPS)
        close: list[tuple[float, dict[str, Any]]] = []
        missing = query.per_page - found.total
        if found.exact and missing > 0 and query.page <= 1 and self.typed:
            close = self._ordered(self._close(missing))[:missing]
        page = Page(self.server, self.asking, query, parsed, self._question())
        shown: list[Hit] = page.hits([*hits, *close])
        found.hits, found.close = shown[: len(hits)], shown[len(hits) :]
        return found

    def _found(
        self, clause: str, steps: Sequence[int]
    ) -> tuple[list[tuple[float, dict[str, Any]]], int, dict[str, Any]]:
        """The page of what fits, in order; how many fit; and the facets."""
        query, condition = self.query, all_of([narrowed(self.query), clause])
        if query.while_typing and query.sort != "newest" and self.typed:
            return self._quickly(condition)
        counts = [] if query.while_typing else self.asking.counts(query, clause)
        counting = [self._counting(condition), *(question for _, question in counts)]
        # Where hardly any word must be there, so much fits that it is sure to be proposed from.
        likely = self.asking.proposals(condition, steps, self.each) if len(steps) > 1 else []
        answers = self.server.search([*counting, *likely])
        total = int(answers[0]["estimatedTotalHits"])
        facets = counted(query, [("", counting[0]), *counts], answers[: len(counting)])
        facets = {} if query.while_typing else facets
        offset, limit = query.offset, max(1, query.per_page)
        if offset + limit > DEEPEST or not total:
            return [], total, facets
        if self._is_in_order:
            return [(0.0, hit) for hit in answers[0]["hits"]], total, facets
        proposed = self._proposed(condition, steps, total, _union(answers[len(counting) :]))
        ordered = self._ordered(proposed)
        if offset + limit > len(ordered) and total > len(ordered):
            ordered += self._beyond(condition, ordered, offset + limit)
        return ordered[offset : offset + limit], total, facets

    def _quickly(self, condition: str) -> tuple[list[tuple[float, dict[str, Any]]], int, dict[str, Any]]:
        """The same without facets, by one question to the server."""
        offset, limit = self.query.offset, max(1, self.query.per_page)
        looked_at = max(WHILE_TYPING, min(offset + limit, CANDIDATES))
        answer = self.server.search_together(self.asking.together(condition, STEPS[:1]), looked_at)
        ordered = self._ordered(answer["hits"])
        return ordered[offset : offset + limit], int(answer["estimatedTotalHits"]), {}

    @property
    def _is_in_order(self) -> bool:
        """Without words, or by date, the server's hits are the answer."""
        return self.query.sort == "newest" or not self.typed

    def _counting(self, condition: str) -> dict[str, Any]:
        """What tells the total, and the facets that are counted along with it."""
        query = self.query
        facets: dict[str, Any] = {"facets": plain} if (plain := plain_facets(query)) else {}
        if not self._is_in_order:
            return self.asking.question(condition, 0, **facets)
        within = query.offset + query.per_page <= DEEPEST
        page = {"offset": query.offset if within else 0, "sort": ["ts:desc"], **facets}
        return self.asking.question(condition, max(1, query.per_page), **page)

    def _proposed(
        self, condition: str, steps: Sequence[int], total: int, likely: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """What is put in order: all that fits, or what is proposed of much. likely: what was already."""
        if total <= self.most and not likely:
            return _union(self.server.search([self.asking.question(condition, total)]))
        proposed = likely or _union(self.server.search(self.asking.proposals(condition, steps, CANDIDATES)))
        return proposed + self._more(condition, proposed, total if total <= self.most else CANDIDATES)

    def _more(self, condition: str, proposed: list[dict[str, Any]], wanted: int) -> list[dict[str, Any]]:
        """What fits by another form than the one the server was asked for."""
        if len(proposed) >= wanted:
            return []
        rest = all_of([condition, f"NOT {any_of('id', _ids(proposed))}" if proposed else ""])
        return _union(
            self.server.search([self.asking.question(rest, wanted - len(proposed), sort=["ts:desc"])])
        )

    def _beyond(
        self, condition: str, ordered: list[tuple[float, dict[str, Any]]], until: int
    ) -> list[tuple[float, dict[str, Any]]]:
        """What nobody put in order comes after all that was, the newest first."""
        rest = all_of([condition, f"NOT {any_of('id', _ids([hit for _, hit in ordered]))}"])
        question = self.asking.question(rest, until - len(ordered), sort=["ts:desc"])
        return [(0.0, hit) for hit in _union(self.server.search([question]))]

    def _close(self, missing: int) -> list[dict[str, Any]]:
        assert self.parsed is not None  # noqa: S101
        beyond = all_of([narrowed(self.query), self.parsed.loose, f"NOT ({self.parsed.strict})"])
        if self.query.while_typing:
            asked = self.asking.together(beyond, STEPS[:2])
            return list(self.server.search_together(asked, WHILE_TYPING)["hits"])
        proposed = _union(self.server.search(self.asking.proposals(beyond, STEPS, self.each)))
        return proposed + self._more(beyond, proposed, missing)

    def _question(self) -> Question:
        assert self.parsed is not None  # noqa: S101
        known = self.known
        average = known.words.average_length
        return Question(self.words, self.parsed.terms, max(1, known.things), average, datetime.now(UTC))

    def _ordered(self, proposed: list[dict[str, Any]]) -> list[tuple[float, dict[str, Any]]]:
        by_id = {hit["id"]: hit for hit in proposed}
        own = Reader(frozenset(self.query.own))
        ranked = rank(map(candidate_of, proposed), self._question(), own)
        return [(one.score, by_id[one.candidate.key]) for one in ranked]


def _union(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for answer in answers:
        for hit in answer["hits"]:
            found.setdefault(hit["id"], hit)
    return list(found.values())


def _ids(hits: list[dict[str, Any]]) -> list[str]:
    return [hit["id"] for hit in hits]
