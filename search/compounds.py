"""Dutch writes compounds as one word. They are split by the words that the collection itself uses."""

import math
from collections.abc import Iterator, Mapping

LINKS = ("", "s", "e", "en", "er")
SHORTEST_PART = 4
SHORTEST_WORD = 8


class Splitter:
    """Splits words into parts that occur by themselves in at least `least` documents."""

    def __init__(self, frequencies: Mapping[str, int], documents: int) -> None:
        self.frequencies = frequencies
        # In a small collection two documents must do.
        self.least = 3 if documents >= 500 else 2
        self._known: dict[str, tuple[str, ...]] = {}

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, each split once more where it can be; nothing for other words."""
        if word not in self._known:
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[word] = self._split(word)
        return self._known[word]

    def cuts(self, word: str) -> Iterator[tuple[str, str]]:
        """Every way to read it as two words with a letter or two between them."""
        if len(word) >= SHORTEST_WORD and word.isalpha():
            for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
                for link in LINKS:
                    right = word[cut + len(link) :]
                    if len(right) >= SHORTEST_PART and word.startswith(link, cut):
                        yield word[:cut], right

    def _split(self, word: str) -> tuple[str, ...]:
        best = self._best(word)
        if best is None:
            return ()
        parts: list[str] = []
        for part in best:
            again = self._best(part)
            parts += again if again else (part,)
        return tuple(dict.fromkeys(parts))

    def _best(self, word: str) -> tuple[str, str] | None:
        best, found = 0.0, None
        for left, right in self.cuts(word):
            score = self.worth(left, right)
            if score > best:
                best, found = score, (left, right)
        return found

    def worth(self, left: str, right: str) -> float:
        """How likely the two make a compound; 0 when one of them hardly occurs by itself."""
        counts = self.frequencies.get(left, 0), self.frequencies.get(right, 0)
        return math.sqrt(counts[0] * counts[1]) * len(left) * len(right) if min(counts) >= self.least else 0.0


def parts_of(text_words: list[str], splitter: Splitter) -> list[str]:
    """The parts of all compounds among these words, once for each time the word stands there."""
    return [part for word in text_words if len(word) >= SHORTEST_WORD for part in splitter.split(word)]
