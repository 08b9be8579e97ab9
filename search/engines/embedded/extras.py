"""What adds to the score of a thing that was found, and finds none: words in their order, and the title."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from tantivy import Query as Clause

from ...question import LONGEST_EXACT
from ...text import STOP_WORDS
from .clauses import term
from .schema import SCHEMA
from .weights import LONGEST_BEGINNING, PHRASE_WEIGHTS, SAME_BEGINNING, SAME_TITLE


def phrases(words: Sequence[str]) -> list[Any]:
    """Two words that follow one another as they do in the question."""
    return [
        Clause.boost_query(Clause.phrase_query(SCHEMA, name, [first, second], slop=1), weight)
        for first, second in pairwise(words)
        if not (first in STOP_WORDS and second in STOP_WORDS)
        for name, weight in PHRASE_WEIGHTS.items()
    ]


def titles(words: Sequence[str]) -> list[Any]:
    """A title that begins like the question, or is the same."""
    text = " ".join(words)[:LONGEST_EXACT]
    same = Clause.const_score_query(term("title_exact", text), SAME_TITLE)
    if len(text) > LONGEST_BEGINNING:
        return [same]
    begins = Clause.regex_query(SCHEMA, "title_exact", f"{re.escape(text)}.*")
    return [Clause.const_score_query(begins, SAME_BEGINNING), same]
