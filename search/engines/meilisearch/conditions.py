"""The conditions that words of a question are found by."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...thesaurus import Beside
from .counting import begins_like
from .documents import STEM_MARK
from .server import any_of, quoted

# Conditions of two words out of so many are long enough.
MOST_PAIRED = 40


@dataclass(slots=True)
class Readings:
    """What one word may stand for: words with weights, the tokens of these, words that begin with `prefix`,
    and several tokens together."""

    index: int
    word: str
    words: list[tuple[str, float]]
    tokens: list[str]
    prefix: str = ""
    together: list[str] = field(default_factory=list)
    single: list[str] = field(default_factory=list)
    rarity: int = 0
    beside: list[Beside] = field(default_factory=list)
    meant: str = ""

    def condition(self, *, loose: bool) -> str:
        parts = [any_of("terms", [*self.tokens, *(self.single if loose else ())])]
        parts += [begins_like(self.prefix)] if self.prefix else []
        return f"({' OR '.join([*parts, *self.together])})"


def stemmed(token: str) -> str:
    return f"{STEM_MARK}{token}"


def all_in(tokens: Iterable[str]) -> str:
    return f"({' AND '.join(f'terms = {quoted(token)}' for token in tokens)})"


def some_of(conditions: list[str]) -> str:
    """One of one or two conditions; two of more."""
    return " OR ".join(conditions if len(conditions) <= 2 else _two_of(conditions[:MOST_PAIRED]))


def _two_of(conditions: list[str]) -> list[str]:
    """One of each half, or two of a half: shorter than all pairs."""
    if len(conditions) < 2:
        return []
    middle = len(conditions) // 2
    left, right = conditions[:middle], conditions[middle:]
    return [f"(({' OR '.join(left)}) AND ({' OR '.join(right)}))", *_two_of(left), *_two_of(right)]
