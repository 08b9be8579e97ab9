"""Words and phrases that mean the same: what is looked for beside the words of a query.

Nothing here asks an engine or the database. A row belongs to a language: it is read by that language's stems,
and its words are looked for in texts of that language, and in those of which none is known.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from .ranking import SYNONYM, Term, forms_of
from .text import LANGUAGES, STOP_WORDS, Wanted, stem, words

# Words in a phrase.
MOST_IN_PHRASE = 4
# Shorter words are read as they are: stems of abbreviations meet by chance.
SHORTEST_STEM = 4
# What is looked for beside one word or phrase, and beside all of a query.
MOST_BESIDE, MOST_IN_QUERY = 12, 24


@dataclass(frozen=True, slots=True)
class Alike:
    """Words and phrases that mean the same. one_way: the first finds the others, none finds the first."""

    language: str
    words: tuple[str, ...]
    one_way: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What is looked for beside some words of a query: `length` of them, from number `first` on.

    words: folded. language: of the texts in which they mean the same. shown: as it was written down.
    """

    first: int
    length: int
    words: tuple[str, ...]
    language: str
    shown: str

    def stands_for(self, index: int) -> bool:
        """Whether it is looked for beside this word of the query, too."""
        return self.first <= index < self.first + self.length


def key_of(phrase: Sequence[str], language: str) -> tuple[str, ...]:
    """How folded words are compared with those of a query."""
    return tuple(stem(word, language) if len(word) >= SHORTEST_STEM else word for word in phrase)


class Thesaurus:
    """All rows, ready to be asked for the words of a query."""

    def __init__(self, rows: Iterable[Alike] = ()) -> None:
        self._beside: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], str]] = {}
        for row in rows:
            self._add(row)

    def _add(self, row: Alike) -> None:
        folded = [(tuple(words(one)), one) for one in row.words]
        for number, (phrase, _shown) in enumerate(folded):
            others = {other: shown for other, shown in folded if other and other != phrase}
            if phrase and (not row.one_way or number == 0):
                self._beside.setdefault((row.language, key_of(phrase, row.language)), {}).update(others)

    def beside(self, wanted: Wanted, languages: Collection[str] = tuple(LANGUAGES)) -> list[Beside]:
        """The longest phrases first, each word in one of them alone; quoted words and codes in none."""
        if not self._beside:
            return []
        kept = {word for phrase in (*wanted.phrases, *wanted.codes) for word in phrase}
        found: list[Beside] = []
        seen: set[tuple[str, ...]] = set()
        index = 0
        while index < len(wanted.words):
            ones = self._from(wanted.words, index, kept, languages)
            typed = wanted.words[index : index + ones[0].length] if ones else ()
            if typed not in seen:
                found += ones
            seen |= {typed}
            index += len(typed) or 1
        return found[:MOST_IN_QUERY]

    def _from(
        self, typed: Sequence[str], index: int, kept: set[str], languages: Collection[str]
    ) -> list[Beside]:
        for length in range(min(MOST_IN_PHRASE, len(typed) - index), 0, -1):
            phrase = typed[index : index + length]
            if not kept.isdisjoint(phrase):
                continue
            found = [
                Beside(index, length, other, code, shown)
                for code in languages
                for other, shown in self._beside.get((code, key_of(phrase, code)), {}).items()
                if other != tuple(phrase)
            ]
            if found and not STOP_WORDS.issuperset(phrase):
                return found[:MOST_BESIDE]
        return []


NO_THESAURUS = Thesaurus()


def names_of(found: Iterable[Beside], wanted: Wanted) -> list[str]:
    """What was also looked for, as it was written down; without what was typed itself."""
    typed = f" {' '.join(wanted.words)} "
    shown = {one.words: one.shown for one in found if f" {' '.join(one.words)} " not in typed}
    return list(shown.values())


def terms_of(index: int, word: str, beside: Iterable[Beside], seen: Callable[[str], int]) -> list[Term]:
    """What is looked for beside this word, for the ranker. It is as frequent as both of them together: what
    means the same is one matter, and no rarer for having two names."""
    found = []
    for one in beside:
        phrase = " ".join(one.words)
        number = seen(word) + min(seen(part) for part in one.words)
        found.append(Term(index, forms_of(phrase, [one.language]), SYNONYM, number, means_same=True))
    return found
