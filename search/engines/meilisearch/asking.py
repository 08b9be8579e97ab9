"""The questions to the server: what is found and counted, and what it proposes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from ..base import AGES, Query
from .documents import RANKED
from .parsing import MOST_READ, Parsed
from .server import any_of
from .shape import STEMS, WRITTEN

CANDIDATES = 200
# Of each question, when there are several; more where little is kept, which is asked quickly.
EACH, EACH_OF_FEW = 100, 300
FEW = 20_000
# So many are put in order where that is all that fits.
MOST_OF_FEW = 500
# Which of the words, from the rarest, may be missing before the first that must be there.
STEPS = (0, 1, 2, 3, 5, 8, 12)
MOST_VALUES = 50
# Words of which each is asked for by itself, the rarest.
MOST_SINGLY = 6
WHILE_TYPING = 30
# In one list of several questions.
STEMS_WEIGHT, REST_WEIGHT = 0.9, 0.05


def all_of(conditions: Iterable[str]) -> str:
    return " AND ".join(f"({one})" for one in conditions if one)


def hidden_left_out(query: Query) -> str:
    return f"NOT {any_of('thing', query.hidden)}" if query.hidden else ""


def readable(query: Query) -> str:
    """The things that this reader may find."""
    return all_of(["whole = true", any_of("acl", query.audience), hidden_left_out(query)])


def narrowed(query: Query, without: str = "") -> str:
    """The same within the filters that were chosen, but that one."""
    chosen = [any_of(facet, values) for facet, values in query.filters.items() if facet != without]
    return all_of([readable(query), *chosen, "" if without == "age" else _dated(query)])


def _dated(query: Query) -> str:
    since = f"ts >= {int(query.since.timestamp())}" if query.since else ""
    until = f"ts < {int(query.until.timestamp())}" if query.until else ""
    return all_of([since, until])


class Asking:
    """Makes the questions for one index."""

    def __init__(self, index: str, parsed: Parsed) -> None:
        self.index, self.parsed = index, parsed

    def question(self, condition: str, limit: int, **more: Any) -> dict[str, Any]:
        """What fits the condition, and no word that was excluded; quoted words must be there as they are."""
        return {
            "indexUid": self.index,
            "q": self.parsed.operators,
            "attributesToSearchOn": list(WRITTEN),
            "matchingStrategy": "all",
            "filter": condition,
            "limit": limit,
            "attributesToRetrieve": list(RANKED),
        } | more

    def proposals(self, condition: str, steps: Sequence[int], limit: int) -> list[dict[str, Any]]:
        """As written, which forgives and weighs; then by stems, each time without one more of the rarest."""
        if self.parsed.operators:
            return [self.question(condition, limit)]
        asked = [(self.parsed.words, WRITTEN, "frequency")]
        stems = self.parsed.stems
        asked += [(stems[step:], STEMS, "last") for step in steps if step < len(stems)]
        asked += [(also, STEMS, "frequency") for also in self.parsed.also]
        return [
            self.question(condition, limit)
            | {
                "q": " ".join(words[:MOST_READ]),
                "attributesToSearchOn": list(fields),
                "matchingStrategy": strategy,
            }
            for words, fields, strategy in asked
        ]

    def together(self, condition: str, steps: Sequence[int]) -> list[dict[str, Any]]:
        """The same for one list, and behind it whatever fits, so that all of it is counted."""
        proposed = self.proposals(condition, steps, 0)
        weights = [1.0] + [STEMS_WEIGHT] * (len(proposed) - 1)
        asked = [*zip(proposed, weights, strict=True), (self.question(condition, 0), REST_WEIGHT)]
        return [
            {name: value for name, value in one.items() if name != "limit"}
            | {"federationOptions": {"weight": weight}, "attributesToRetrieve": [*RANKED, "title", "card"]}
            for one, weight in asked
        ]

    def counts(self, query: Query, clause: str) -> list[tuple[str, dict[str, Any]]]:
        """(age or "", question): what tells the number of each value of the facets but the plain ones."""
        filters = {facet for facet in query.filters if facet in query.facets}
        found = [
            ("", self.question(all_of([narrowed(query, facet), clause]), 0, facets=[facet]))
            for facet in sorted(filters)
        ]
        if "age" in query.facets:
            within = [narrowed(query, "age"), clause]
            found += [
                (age, self.question(all_of([*within, f"ts >= {start}"]), 0)) for age, start in _starts()
            ]
        return found

    def parts(self, within: str, things: Sequence[str]) -> list[dict[str, Any]]:
        """Of each of these things the parts that may answer best."""
        condition = all_of([within, "whole = false", any_of("thing", things)])
        asked = self.proposals(condition, STEPS[:1], len(things))
        if not self.parsed.operators and len(self.parsed.stems) > 1:
            asked += [{**asked[-1], "q": word} for word in self.parsed.stems[:MOST_SINGLY]]
        if not self.parsed.operators:
            singly = [word for also in self.parsed.also for word in also if word not in self.parsed.stems]
            asked += [{**asked[-1], "q": word} for word in singly[:MOST_SINGLY]]
        return [one | {"distinct": "thing"} for one in asked]


def _starts() -> list[tuple[str, int]]:
    now = datetime.now(UTC)
    return [(age, int((now - timedelta(days=days)).timestamp())) for age, days in AGES.items()]


def plain_facets(query: Query) -> list[str]:
    """Those that are counted within all that was chosen, along with the total."""
    if query.while_typing:
        return []
    return [facet for facet in query.facets if facet not in query.filters and facet != "age"]


def counted(
    query: Query, asked: Sequence[tuple[str, dict[str, Any]]], answers: Sequence[dict[str, Any]]
) -> dict[str, list[tuple[str, int]]]:
    """Facet to its values with their numbers, in the order of the query."""
    found: dict[str, list[tuple[str, int]]] = {}
    for (age, _question), answer in zip(asked, answers, strict=True):
        if age:
            found.setdefault("age", []).append((age, int(answer["estimatedTotalHits"])))
        for facet, values in (answer.get("facetDistribution") or {}).items():
            ordered = sorted(values.items(), key=lambda one: (-one[1], one[0]))
            found[facet] = ordered[:MOST_VALUES]
    return {facet: found.get(facet, []) for facet in query.facets}
