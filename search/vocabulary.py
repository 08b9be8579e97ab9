"""The words that a collection uses, to read misspelt ones by. Rights are asked afterwards."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .compounds import Splitter
from .text import stem

SHORTEST = 4
# So many slips are forgiven in words of so many letters, as typed or as meant.
LETTERS_FOR_SLIPS = (0, 5, 9, 14)
# Of what is like a word: looked at, taken for it, and of what goes on from it.
MOST_PROPOSALS, MOST_CORRECTIONS, MOST_COMPLETIONS = 12, 3, 20
# Two words may be written as one, with these between them, where one has so many letters.
JOINTS = ("", "s", "en")
SHORTEST_JOINED = 3
# Letters of each part, where both have slips.
SHORTEST_MENDED = 5


class Vocabulary:
    """Words of four letters or more with the number of documents, by first letter.

    average_length: words in a document.
    """

    def __init__(self, frequencies: Mapping[str, int], documents: int, average_length: float = 0.0) -> None:
        self.frequencies = frequencies
        self.average_length = average_length
        self._by_letter: dict[str, list[str]] = {}
        for term in frequencies:
            self._by_letter.setdefault(term[0], []).append(term)
        self.splitter = Splitter(frequencies, documents)

    def mended_parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound that nobody wrote, with a slip in one of them, or in long ones in both;
        nothing for other words."""
        best = 0.0
        found: tuple[str, ...] = ()
        known = self.frequencies
        for left, right in self.splitter.cuts(word):
            if (left in known) == (right in known):
                continue
            misspelt = right if left in known else left
            for _distance, fixed in self.proposals(misspelt, unfinished=False)[:1]:
                pair = (left, fixed) if misspelt is right else (fixed, right)
                if (worth := self.splitter.worth(*pair)) > best:
                    best, found = worth, pair
        return found or self._both_mended(word)

    def _both_mended(self, word: str) -> tuple[str, ...]:
        """Without letters between the parts, for looking each of them up takes a while."""
        best = 0.0
        found: tuple[str, ...] = ()
        for cut in range(SHORTEST_MENDED, len(word) - SHORTEST_MENDED + 1):
            nearest = [self.proposals(half, unfinished=False)[:1] for half in (word[:cut], word[cut:])]
            if all(nearest):
                pair = nearest[0][0][1], nearest[1][0][1]
                slips = nearest[0][0][0] + nearest[1][0][0]
                if (
                    slips <= len(LETTERS_FOR_SLIPS) - 1
                    and (worth := self.splitter.worth(*pair) / slips) > best
                ):
                    best, found = worth, pair
        return found

    def proposals(self, word: str, *, unfinished: bool) -> list[tuple[int, str]]:
        """(distance, term) of similar words, the nearest and most used first.

        One slip is forgiven in words of five letters, two in those of nine, three in those of fourteen.
        Unfinished words are compared with the beginnings of others, too.
        """
        terms = self._by_letter.get(word[0], [])
        # A slip may have taken a letter away.
        most = sum(len(word) + slips >= least for slips, least in enumerate(LETTERS_FOR_SLIPS) if slips)
        found: dict[str, int] = {}
        for term, distance, _ in process.extract(
            word, terms, scorer=OSA.distance, score_cutoff=most, limit=30
        ):
            if max(len(word), len(term)) >= LETTERS_FOR_SLIPS[int(distance)]:
                found[term] = int(distance)
        if unfinished:
            beginnings = [term[: len(word)] for term in terms]
            for _, distance, index in process.extract(
                word, beginnings, scorer=OSA.distance, score_cutoff=1, limit=30
            ):
                found.setdefault(terms[index], int(distance))
        found.pop(word, None)
        ranked = [(distance, term) for term, distance in found.items() if distance > 0]
        return sorted(ranked, key=lambda one: (one[0], -self.frequencies[one[1]]))

    def joined(self, words: Sequence[str]) -> dict[int, list[str]]:
        """ "kwaliteit borging" may be kwaliteitsborging. Number of a word to what it is part of."""
        found: dict[int, list[str]] = {}
        for first, pair in enumerate(pairwise(words)):
            known = [one for joint in JOINTS if (one := joint.join(pair)) in self.frequencies]
            for index in (first, first + 1):
                if known and len(words[index]) >= SHORTEST_JOINED:
                    found.setdefault(index, []).extend(known)
        return found

    def forms(self, word: str, language: str, most: int) -> list[str]:
        """The word, and others with the same stem, the most used first."""
        wanted = stem(word, language)
        terms = self._by_letter.get(word[:1], [])
        found = [term for term in terms if term != word and stem(term, language) == wanted]
        return [word, *sorted(found, key=lambda term: (-self.frequencies[term], term))][:most]

    def completions(self, beginning: str, most: int) -> list[str]:
        """Longer words that begin like this, the most used first."""
        terms = self._by_letter.get(beginning[:1], [])
        found = [term for term in terms if term != beginning and term.startswith(beginning)]
        return sorted(found, key=lambda term: (-self.frequencies[term], term))[:most]
