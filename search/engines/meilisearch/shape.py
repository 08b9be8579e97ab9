"""The form of the indexes: their names, their settings and the number of this form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Part of every name: another number means that the index is built anew.
VERSION = 3
# With the first of these this form was made and tested.
NEWEST_SERVER, OLDEST_SERVER = (1, 50), (1, 14)
# From here on a rule of where words stand goes by the name of two.
SPLIT_ATTRIBUTE = (1, 36)
WRITTEN = ("title", "body", "beside")
STEMS = ("title_stem", "body_stem", "part_stem")
# Words by their first letter: of those that begin alike, the server goes through a whole field.
BEGIN = "begin"
FACETS = ("kind", "community", "tag", "language", "sign")
MOST_WORDS_KNOWN = 200_000
# Pages end far before; a total may be more.
MOST_HITS = 10_000_000


@dataclass(frozen=True, slots=True)
class Names:
    """What a site's indexes are called. Each begins with its prefix, and none with another's."""

    prefix: str

    @property
    def live(self) -> str:
        return f"{self.prefix}-v{VERSION}"

    @property
    def notes(self) -> str:
        """What the live one was told while a new one is built."""
        return f"{self.live}-notes"

    def build(self, number: int) -> str:
        return f"{self.live}-b{number}"

    def builds(self, names: Sequence[str]) -> dict[str, float]:
        """Those of this form that are not in use, and when each was begun, in seconds of the epoch."""
        begins = f"{self.live}-b"
        ours = [name for name in self.left_over(names) if name.startswith(begins)]
        return {name: int(name.removeprefix(begins)) / 1e9 for name in ours}

    def left_over(self, names: Sequence[str]) -> list[str]:
        """Those of this site that nobody uses: builds that were not ended, and former versions."""
        ours = re.compile(rf"{re.escape(self.prefix)}-v\d+(-b\d+|-notes)?")
        return [name for name in names if ours.fullmatch(name) and name not in {self.live, self.notes}]


def settings_for(server: tuple[int, ...]) -> dict[str, Any]:
    """The settings of an index, in the words of this version of the server."""
    place = "attributeRank" if server >= SPLIT_ATTRIBUTE else "attribute"
    equal = {"facetSearch": False, "filter": {"equality": True, "comparison": False}}
    ordered = {"facetSearch": False, "filter": {"equality": True, "comparison": True}}
    filters = ["id", "thing", "whole", "acl", "people", "terms", "length", f"{BEGIN}.*", *FACETS]
    return {
        "searchableAttributes": [*WRITTEN, *STEMS],
        "filterableAttributes": [
            {"attributePatterns": filters, "features": equal},
            {"attributePatterns": ["ts"], "features": ordered},
        ],
        "sortableAttributes": ["ts"],
        "rankingRules": ["words", "typo", place, "sort", "exactness"],
        "proximityPrecision": "byWord",
        "typoTolerance": {"minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9}},
        "faceting": {"maxValuesPerFacet": MOST_WORDS_KNOWN, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": MOST_HITS},
    }
