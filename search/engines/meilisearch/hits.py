"""What is shown of the things on a page, and which part of each answers best."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ...question import Question
from ...ranking import rank
from ..base import NO_HTML, Hit, Query
from .asking import Asking, all_of, hidden_left_out
from .documents import candidate_of
from .parsing import Parsed
from .server import Server, any_of

SNIPPET = 240
LINE = 110
SHOWN = ("thing", "title", "body", "card")


class Page:
    """The hits of one answer."""

    def __init__(
        self, server: Server, asking: Asking, query: Query, parsed: Parsed, question: Question
    ) -> None:
        self.server, self.asking, self.query = server, asking, query
        self.marker, self.question = parsed.marker, question
        self.with_parts = bool(parsed.terms) and not query.while_typing

    def hits(self, found: Sequence[tuple[float, dict[str, Any]]]) -> list[Hit]:
        if not found:
            return []
        things = [hit["thing"] for _, hit in found]
        best = self._best_parts(things)
        shown = self._at_hand(found) or self._shown([hit["id"] for _, hit in found] + list(best.values()))
        return [
            self._hit(score, shown[hit["id"]], shown.get(best.get(hit["thing"], "")))
            for score, hit in found
            # Taken away since it was found.
            if hit["id"] in shown
        ]

    def _within(self) -> str:
        return all_of([any_of("acl", self.query.audience), hidden_left_out(self.query)])

    def _best_parts(self, things: list[str]) -> dict[str, str]:
        """Thing to the id of the part that answers best."""
        if not self.with_parts:
            return {}
        proposed: dict[str, dict[str, Any]] = {}
        for answer in self.server.search(self.asking.parts(self._within(), things)):
            proposed |= {hit["id"]: hit for hit in answer["hits"]}
        best: dict[str, str] = {}
        for one in rank(map(candidate_of, proposed.values()), self.question):
            if one.score:
                best.setdefault(proposed[one.candidate.key]["thing"], one.candidate.key)
        return best

    def _at_hand(self, found: Sequence[tuple[float, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
        """What was given with the answer is enough while somebody types, but for texts that are lists."""
        enough = all("card" in hit and '"lines"' not in hit["card"] for _, hit in found)
        return {hit["id"]: hit | {"body": ""} for _, hit in found} if enough else {}

    def _shown(self, ids: list[str]) -> dict[str, dict[str, Any]]:
        condition = all_of([self._within(), any_of("id", ids)])
        question = {
            "indexUid": self.asking.index,
            "q": "",
            "filter": condition,
            "limit": len(ids),
            "attributesToRetrieve": ["id", *SHOWN],
        }
        (answer,) = self.server.search([question])
        return {hit["id"]: hit for hit in answer["hits"]}

    def _hit(self, score: float, whole: dict[str, Any], part: dict[str, Any] | None) -> Hit:
        shown = part or whole
        card, place = json.loads(whole["card"]), json.loads(shown["card"])
        kind, number = whole["thing"].split(":")
        in_lines = bool(card["facts"].get("lines"))
        if self.query.while_typing:
            snippet = NO_HTML
        elif in_lines:
            snippet = self.marker.line(shown["body"], LINE)
        else:
            snippet = self.marker.snippet(shown["body"], SNIPPET)
        return Hit(
            key=place["key"],
            kind=kind,
            object_id=int(number),
            title=self.marker.mark(whole["title"]),
            snippet=snippet,
            url=place["url"],
            updated_at=datetime.fromtimestamp(card["at"], UTC),
            language=card["language"],
            community=card["community"],
            tags=tuple(card["tags"]),
            people=tuple(card["people"]),
            facts=card["facts"],
            score=score,
            section=self.marker.mark(part["title"]) if part else NO_HTML,
            part=place["facts"] if part else {},
            lines=tuple(self.marker.lines(shown["body"])) if in_lines else (),
        )
