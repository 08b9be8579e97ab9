"""What an address of the search page asks for. What makes no sense in it is left out and told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from kring.indexing.registry import labels_of, searchables

from .engines import Query
from .engines.base import AGES
from .text import LONGEST_QUERY, clean

SORTS = ("relevance", "newest")
MOST_VALUES = 20
LONGEST_VALUE = 100
# Name in the address to the name of the field, in the order of the page.
FACETS = {
    "kind": "kinds",
    "community": "communities",
    "tag": "tags",
    "language": "languages",
    "sign": "signs",
}
SIGNS = ("solved", "answered", "unanswered", "success", "mixed", "failure")


@dataclass(frozen=True, slots=True)
class Asked:
    """page: 0 is the overview by kind; from 1 on it is a page of the one list.

    age: one of AGES; it stands empty where somebody chose days of their own, since and until.
    as_typed: without what means the same.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    age: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "relevance"
    page: int = 0
    as_typed: bool = False

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Facet to its chosen values, also to none."""
        return {facet: getattr(self, name) for facet, name in FACETS.items()}

    @property
    def narrowed(self) -> bool:
        return any(self.chosen.values()) or self.dated

    @property
    def dated(self) -> bool:
        return bool(self.age or self.since or self.until)

    @property
    def is_overview(self) -> bool:
        """Several kinds, the best of each; what was sorted or narrowed to a kind is one list."""
        return bool(self.words) and not self.page and not self.kinds and self.sort == "relevance"

    def query(self, audience: frozenset[str], **more: Any) -> Query:
        fields = self._filters() | self._times() | {"sort": self.sort, "as_typed": self.as_typed}
        return Query(self.words, audience, **fields, **more)

    def _filters(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FACETS.values()}

    def _times(self) -> dict[str, datetime | None]:
        if self.age:
            return {"since": timezone.now() - timedelta(days=AGES[self.age])}
        return {
            "since": _morning(self.since) if self.since else None,
            "until": _morning(self.until + timedelta(days=1)) if self.until else None,
        }

    def address(self, **changes: Any) -> str:
        """The query string of this with changes, from "?"; without what goes without saying."""
        asked = replace(self, **{"page": 0, **changes})
        pairs: list[tuple[str, str]] = [("q", asked.words)]
        pairs += [(facet, value) for facet, values in asked.chosen.items() for value in values]
        dates = {"from": asked.since, "to": asked.until}
        pairs += [("age", asked.age)] if asked.age else []
        pairs += [(name, day.isoformat()) for name, day in dates.items() if day]
        pairs += [("typed", "1")] if asked.as_typed else []
        if asked.sort != "relevance":
            pairs.append(("sort", asked.sort))
        if asked.page:
            pairs.append(("page", str(asked.page)))
        return f"?{urlencode(pairs)}"

    def without(self, facet: str, value: str) -> str:
        """Address of the same without one chosen value."""
        name = FACETS[facet]
        return self.address(**{name: tuple(one for one in getattr(self, name) if one != value)})

    def at_age(self, age: str = "") -> str:
        """Address of the same from another time, or from any."""
        return self.address(age=age, since=None, until=None)

    def everything(self) -> "Asked":
        """The same words without any filter."""
        kept = {"words", "sort", "as_typed"}
        return Asked(**{one.name: getattr(self, one.name) for one in fields(self) if one.name in kept})


@dataclass(frozen=True, slots=True)
class Reading:
    """How an address was read. unknown: it held a filter that isn't there; cut: the words were too long."""

    asked: Asked
    unknown: bool = False
    cut: bool = False


def read(query: QueryDict, user: Any) -> Reading:
    """A community that the user may not read is as unknown as one that isn't there. Days go before an age."""
    given = {facet: _values(query.getlist(facet)) for facet in FACETS}
    known = {
        "kind": _among(given["kind"], searchables()),
        "community": _among(given["community"], labels_of("community", user, _numbers(given["community"]))),
        "tag": given["tag"],
        "language": _among(given["language"], dict(settings.LANGUAGES)),
        "sign": _among(given["sign"], dict.fromkeys(SIGNS)),
    }
    times, understood = _times(query)
    raw, sort = query.get("q", ""), query.get("sort", "")
    words = clean(raw)
    asked = Asked(
        words=words,
        **{FACETS[facet]: values for facet, values in known.items()},
        **times,
        sort=sort if sort in SORTS else "relevance",
        page=_page(query.get("page", "")),
        as_typed=bool(words) and query.get("typed") == "1",
    )
    return Reading(
        asked, unknown=known != given or not understood, cut=len(" ".join(raw.split())) > LONGEST_QUERY
    )


def _values(given: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean(value, LONGEST_VALUE) for value in given)
    return tuple(dict.fromkeys(value for value in cleaned if value))[:MOST_VALUES]


def _among(values: tuple[str, ...], known: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(value for value in values if value in known)


def _numbers(values: tuple[str, ...]) -> list[str]:
    return [value for value in values if value.isascii() and value.isdigit() and len(value) < 16]


def _times(query: QueryDict) -> tuple[dict[str, Any], bool]:
    """The fields of Asked about time, and whether all of it made sense."""
    written = [query.get(name, "") for name in ("from", "to")]
    days = [_day(text) for text in written]
    found = sorted(day for day in days if day)
    understood = len(found) == len([text for text in written if text])
    if len(found) == 2:
        return {"since": found[0], "until": found[1]}, understood
    if found:
        return {"since": days[0], "until": days[1]}, understood
    age = query.get("age", "")
    return {"age": age if age in AGES else ""}, understood and (not age or age in AGES)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Beyond these no clock can be set.
    return day if 1970 <= day.year < 9000 else None


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _page(text: str) -> int:
    """0 for what is no number of a page; a number beyond the last page is the last page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
