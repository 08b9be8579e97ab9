"""The words of one state of the index."""

from typing import Any

from ...vocabulary import SHORTEST, Vocabulary
from .schema import FIELDS, average_length, things_in

LARGE = 20_000


def vocabulary_of(searcher: Any) -> Vocabulary:
    """Words of four letters or more; of large collections those that two documents have."""
    number = things_in(searcher)
    least = 1 if number < LARGE else 2
    frequencies: dict[str, int] = {}
    for field in FIELDS:
        for term, count in searcher.terms_with_prefix(field, ""):
            if count >= least and len(term) >= SHORTEST and not term.isdigit():
                frequencies[term] = frequencies.get(term, 0) + count
    return Vocabulary(frequencies, number, average_length(searcher))
