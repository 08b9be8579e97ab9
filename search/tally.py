"""How often words stand in a text: counted once, for all words of a question."""

from collections import Counter
from collections.abc import Iterable


class Tally:
    """Of a text with single spaces between its stems; only what is wanted is counted."""

    __slots__ = ("counts", "length", "text")

    def __init__(self, text: str, wanted: frozenset[str]) -> None:
        found = text.split()
        self.text, self.length = text, len(found)
        self.counts = Counter(filter(wanted.__contains__, found))

    def of(self, form: str) -> int:
        """A form of several stems stands where they follow one another."""
        if " " not in form:
            return self.counts.get(form, 0)
        # With two spaces between them, neighbours that are the same are found, too.
        return f"  {self.text.replace(' ', '  ')}  ".count(f" {form.replace(' ', '  ')} ")

    def has_any(self, pairs: Iterable[tuple[str, str]]) -> bool:
        """Whether the two of a pair follow one another."""
        counts = self.counts
        for first, second in pairs:
            if first in counts and second in counts and f" {first} {second} " in f" {self.text} ":
                return True
        return False
