"""Answering one question from one state of the index."""

import json
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from tantivy import FieldType, Order
from tantivy import Query as Clause

from kring.indexing.registry import checksum

from ...snippets import Marker
from ...text import LANGUAGES, clean, take_apart
from ..base import AGES, DEEPEST, NO_HTML, Hit, Query, Results
from .clauses import any_of, filtered, term
from .parsing import Parsed, Parser
from .proposing import Found, Proposals
from .reading import View
from .schema import FIELDS, PART_FIELDS, SCHEMA, WHOLE

SNIPPET = 240
LINE = 110
MOST_VALUES = 50
MOST_PARTS = 1000


def _counting(facet: str) -> dict[str, Any]:
    """How tantivy is asked to count a facet's values. Ranges must not overlap."""
    if facet != "age":
        return {"terms": {"field": facet, "size": MOST_VALUES}}
    now = datetime.now(UTC)
    starts = {name: int((now - timedelta(days=days)).timestamp()) for name, days in AGES.items()}
    ends = [None, *starts.values()]
    ranges = [
        {"key": name, "from": start} | ({"to": end} if end else {})
        for (name, start), end in zip(starts.items(), ends, strict=False)
    ]
    return {"range": {"field": "ts", "ranges": ranges}}


def _counts(facet: str, buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    counts = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    if facet != "age":
        return list(counts.items())
    return list(zip(AGES, accumulate(counts.get(name, 0) for name in AGES), strict=True))


class Answer:
    """A question and how this index reads it. Everything is counted and found within `readable`."""

    def __init__(self, view: View, query: Query) -> None:
        self.searcher = view.searcher
        self.query = query
        allowed = [any_of("acl", query.audience)]
        self.within = filtered(Clause.all_query(), allowed, self._hidden())
        self.readable = filtered(term("part", WHOLE), allowed, self._hidden())
        self.parsed = self._parse(view)

    def _hidden(self) -> list[Any]:
        return [any_of("thing", self.query.hidden)] if self.query.hidden else []

    def _parse(self, view: View) -> Parsed | None:
        """None for a question with letters or digits in none of its words."""
        self.proposals: Proposals | None = None
        if not clean(self.query.text):
            return Parsed(Clause.all_query(), Clause.all_query(), None, Marker())
        wanted = take_apart(self.query.text)
        if not wanted.words:
            return None
        languages = [self.query.language] if self.query.language in LANGUAGES else []
        parser = Parser(self.searcher, view.vocabulary, self.readable, languages)
        parsed = parser.parse(wanted, self.query.thesaurus)
        self.proposals = Proposals(view, wanted.words, parsed, self.query.own)
        return parsed

    def results(self) -> Results:
        parsed = self.parsed
        if parsed is None:
            return Results()
        found = Results(corrections=list(dict.fromkeys(parsed.corrections)), mark=parsed.marker.mark)
        clause = parsed.strict
        addresses, found.total = self._page(clause)
        if not found.total:
            clause, found.exact = parsed.loose, False
            addresses, found.total = self._page(clause)
        found.hits = self._hits(addresses)
        missing = self.query.per_page - found.total
        if found.exact and missing > 0 and self.query.page <= 1:
            found.close = self._close(missing)
        if not self.query.while_typing:
            found.facets = self._facets(clause)
        return found

    def _filters(self, without: str = "") -> list[Any]:
        chosen = self.query.filters.items()
        within = [self.readable, *(any_of(facet, values) for facet, values in chosen if facet != without)]
        return within if without == "age" else [*within, *self._dated()]

    def _dated(self) -> list[Any]:
        if not self.query.dated:
            return []
        since, until = (at and int(at.timestamp()) for at in (self.query.since, self.query.until))
        return [
            Clause.range_query(SCHEMA, "ts", FieldType.Integer, since, until, include_upper=until is None)
        ]

    def _page(self, clause: Any) -> tuple[Found, int]:
        whole = filtered(clause, self._filters())
        offset, limit = self.query.offset, max(1, self.query.per_page)
        if offset + limit > DEEPEST:
            return [], int(self.searcher.search(whole, 1, True).count)
        if self.proposals and self.query.sort != "newest":
            return self.proposals.page(whole, offset, limit, quick=self.query.while_typing)
        found = self.searcher.search(whole, limit, True, order_by_field="ts", offset=offset, order=Order.Desc)
        return found.hits, int(found.count)

    def _close(self, missing: int) -> list[Hit]:
        if self.parsed is None or self.proposals is None:
            return []
        beyond = filtered(self.parsed.loose, self._filters(), [self.parsed.strict])
        return self._hits(self.proposals.page(beyond, 0, missing, quick=self.query.while_typing)[0])

    def _facets(self, clause: Any) -> dict[str, list[tuple[str, int]]]:
        """A filter is counted without its own choice: what else could be chosen."""
        chosen = [facet for facet in self.query.facets if facet in self.query.filters]
        chosen += ["age"] if self.query.dated and "age" in self.query.facets else []
        groups = [[facet for facet in self.query.facets if facet not in chosen], *([one] for one in chosen)]
        found: dict[str, list[tuple[str, int]]] = {}
        for group in groups:
            if group:
                without = group[0] if group[0] in chosen else ""
                wanted = {facet: _counting(facet) for facet in group}
                counted = self.searcher.aggregate(filtered(clause, self._filters(without)), wanted)
                found |= {facet: _counts(facet, counted[facet]["buckets"]) for facet in group}
        return found

    def _hits(self, addresses: list[tuple[float, Any]]) -> list[Hit]:
        documents = [(score, self.searcher.doc(address)) for score, address in addresses]
        cards = [json.loads(bytes(document.get_first("card"))) for _, document in documents]
        parts = self._parts([card["key"] for card in cards])
        return [
            self._hit(score, document, card, parts.get(card["key"]))
            for (score, document), card in zip(documents, cards, strict=True)
        ]

    def _parts(self, things: list[str]) -> dict[str, Any]:
        """Thing to the part of it that answers best."""
        if (
            not things
            or self.query.while_typing
            or not clean(self.query.text)
            or not (self.parsed and self.parsed.parts)
        ):
            return {}
        clause = filtered(self.parsed.parts.clause(), [any_of("thing", things), self.within])
        numbers = {checksum(thing): thing for thing in things}
        addresses = [address for _, address in self.searcher.search(clause, MOST_PARTS, False).hits]
        best: dict[str, Any] = {}
        # One long talk has hundreds of parts: of each thing only the first is read.
        for number, address in zip(
            self.searcher.fast_field_values("thing_number", addresses), addresses, strict=True
        ):
            if (thing := numbers.get(number)) and thing not in best:
                document = self.searcher.doc(address)
                best[thing] = (document, json.loads(bytes(document.get_first("card"))))
        return best

    def _hit(self, score: float, document: Any, card: dict[str, Any], part: Any) -> Hit:
        assert self.parsed is not None  # noqa: S101
        marker = self.parsed.marker
        shown, place = part or (document, card)
        heading, body = (shown.get_first(name) or "" for name in (PART_FIELDS if part else FIELDS))
        kind, number = card["key"].split(":")
        in_lines = bool(card["facts"].get("lines"))
        if self.query.while_typing:
            snippet = NO_HTML
        elif in_lines:
            snippet = marker.line(body, LINE)
        else:
            snippet = marker.snippet(body, SNIPPET)
        return Hit(
            key=place["key"],
            kind=kind,
            object_id=int(number),
            title=marker.mark(document.get_first("title") or ""),
            snippet=snippet,
            url=place["url"],
            updated_at=datetime.fromtimestamp(card["at"], UTC),
            language=card["language"],
            community=card["community"],
            tags=tuple(card["tags"]),
            people=tuple(card["people"]),
            facts=card["facts"],
            score=float(score),
            section=marker.mark(heading) if part else NO_HTML,
            part=place["facts"] if part else {},
            lines=tuple(marker.lines(body)) if in_lines else (),
        )
