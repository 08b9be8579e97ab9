"""What an address of the search page asks for. What makes no sense in it is left out and told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict

from kring.indexing.registry import labels_of, searchables

from .engines import Query
from .text import LONGEST_QUERY, clean

SORTS = ("relevance", "newest")
MOST_VALUES = 20
LONGEST_VALUE = 100
# Name in the address to the name of the field, in the order of the page.
FACETS = {"kind": "kinds", "community": "communities", "tag": "tags", "language": "languages"}


@dataclass(frozen=True, slots=True)
class Asked:
    """page: 0 is the overview by kind; from 1 on it is a page of the one list."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sort: str = "relevance"
    page: int = 0

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Facet to its chosen values, also to none."""
        return {facet: getattr(self, name) for facet, name in FACETS.items()}

    @property
    def narrowed(self) -> bool:
        return any(self.chosen.values())

    @property
    def is_overview(self) -> bool:
        """Several kinds, the best of each; what was sorted or narrowed to a kind is one list."""
        return bool(self.words) and not self.page and not self.kinds and self.sort == "relevance"

    def query(self, audience: frozenset[str], **more: Any) -> Query:
        return Query(self.words, audience, **self._filters(), sort=self.sort, **more)

    def _filters(self) -> dict[str, tuple[str, ...]]:
        return {name: getattr(self, name) for name in FACETS.values()}

    def address(self, **changes: Any) -> str:
        """The query string of this with changes, from "?"; without what goes without saying."""
        asked = replace(self, **{"page": 0, **changes})
        pairs: list[tuple[str, str]] = [("q", asked.words)]
        pairs += [(facet, value) for facet, values in asked.chosen.items() for value in values]
        if asked.sort != "relevance":
            pairs.append(("sort", asked.sort))
        if asked.page:
            pairs.append(("page", str(asked.page)))
        return f"?{urlencode(pairs)}"

    def without(self, facet: str, value: str) -> str:
        """Address of the same without one chosen value."""
        name = FACETS[facet]
        return self.address(**{name: tuple(one for one in getattr(self, name) if one != value)})

    def everything(self) -> "Asked":
        """The same words without any filter."""
        kept = {"words", "sort"}
        return Asked(**{one.name: getattr(self, one.name) for one in fields(self) if one.name in kept})


@dataclass(frozen=True, slots=True)
class Reading:
    """How an address was read. unknown: it held a filter that isn't there; cut: the words were too long."""

    asked: Asked
    unknown: bool = False
    cut: bool = False


def read(query: QueryDict, user: Any) -> Reading:
    """A community that the user may not read is as unknown as one that isn't there."""
    given = {facet: _values(query.getlist(facet)) for facet in FACETS}
    known = {
        "kind": _among(given["kind"], searchables()),
        "community": _among(given["community"], labels_of("community", user, _numbers(given["community"]))),
        "tag": given["tag"],
        "language": _among(given["language"], dict(settings.LANGUAGES)),
    }
    raw, sort = query.get("q", ""), query.get("sort", "")
    asked = Asked(
        words=clean(raw),
        **{FACETS[facet]: values for facet, values in known.items()},
        sort=sort if sort in SORTS else "relevance",
        page=_page(query.get("page", "")),
    )
    return Reading(asked, unknown=known != given, cut=len(" ".join(raw.split())) > LONGEST_QUERY)


def _values(given: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean(value, LONGEST_VALUE) for value in given)
    return tuple(dict.fromkeys(value for value in cleaned if value))[:MOST_VALUES]


def _among(values: tuple[str, ...], known: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(value for value in values if value in known)


def _numbers(values: tuple[str, ...]) -> list[str]:
    return [value for value in values if value.isascii() and value.isdigit() and len(value) < 16]


def _page(text: str) -> int:
    """0 for what is no number of a page; a number beyond the last page is the last page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
