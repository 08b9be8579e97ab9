"""How good an order is, and how queries are spoilt to see what an engine forgives. Pure functions."""

import math
import random
import re
from collections.abc import Mapping, Sequence

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORD = re.compile(r"[^\W\d_]+")
LAST_WORD = re.compile(r"[^\W_]+(?=[\W_]*$)")
ONE_EDIT, TWO_EDITS = 5, 9
KEPT = 0.6


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Sum of grade / log2(rank + 1) over the first `depth`, divided by what the best order would have."""
    gained = sum(grades.get(key, 0) / math.log2(rank + 1) for rank, key in enumerate(found[:depth], 1))
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:depth]
    possible = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, 1))
    return gained / possible if possible else 0.0


def mrr(found: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """1 / the rank of the first that is relevant, 0 when it isn't among the first `depth`."""
    return next((1 / rank for rank, key in enumerate(found[:depth], 1) if grades.get(key, 0) > 0), 0.0)


def recall(found: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """Share of all that is relevant which is among the first `depth`."""
    relevant = {key for key, grade in grades.items() if grade > 0}
    return len(relevant.intersection(found[:depth])) / len(relevant) if relevant else 0.0


def measures(found: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    return {
        "ndcg10": ndcg(found, grades),
        "mrr10": mrr(found, grades),
        "recall10": recall(found, grades, 10),
        "recall100": recall(found, grades, 100),
    }


def mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = rows[0] if rows else measures([], {})
    return {name: round(sum(row[name] for row in rows) / max(len(rows), 1), 4) for name in names}


def with_typos(text: str, seed: str) -> str:
    """One slip in every word of five letters or more, two from nine: a letter left out, put in, changed, or
    swapped with the next; never the first. The same for the same seed."""
    chance = random.Random(seed)

    def slip(found: re.Match[str]) -> str:
        word = found[0]
        for _ in range((len(found[0]) >= ONE_EDIT) + (len(found[0]) >= TWO_EDITS)):
            word = _edited(word, chance)
        return word

    return WORD.sub(slip, text)


def _edited(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    edit = chance.choice(("drop", "add", "change", "swap"))
    letter = chance.choice([one for one in LETTERS if one != word[at].lower()])
    if edit == "drop":
        return word[:at] + word[at + 1 :]
    if edit == "add":
        return word[:at] + letter + word[at:]
    if edit == "swap" and at + 1 < len(word) and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + letter + word[at + 1 :]


def cut_short(text: str) -> str:
    """As while typing: of the last word the first 60 %, rounded up, and nothing after it."""
    found = LAST_WORD.search(text)
    return text[: found.start() + math.ceil(len(found[0]) * KEPT)] if found else text
