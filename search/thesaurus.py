"""Words and phrases that mean the same: what is looked for beside the words of a query.

Nothing here asks an engine or the database. A row belongs to a language: it is read by that language's stems,
and its words are looked for in texts of that language, and in those of which none is known.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Protocol

from .question import SYNONYM, Term, forms_of
from .text import LANGUAGES, STOP_WORDS, Wanted, stem, words
from .vocabulary import Vocabulary

# Words in a phrase.
MOST_IN_PHRASE = 4
# Shorter words are read as they are: stems of abbreviations meet by chance.
SHORTEST_STEM = 4
# What is looked for beside one word or phrase, and beside all of a query.
MOST_BESIDE, MOST_IN_QUERY = 12, 24
# Shorter words are not read as others, and none as more than a few.
SHORTEST_MISSPELT = 5
MOST_MEANT = 3

# A word and how else it may be read, the likeliest first.
Meant = Mapping[str, Sequence[str]]
NO_SLIPS: Meant = MappingProxyType({})


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
    read: those words of the query, without the slips in them.
    """

    first: int
    length: int
    words: tuple[str, ...]
    language: str
    shown: str
    read: tuple[str, ...] = ()

    def stands_for(self, index: int) -> bool:
        """Whether it is looked for beside this word of the query, too."""
        return self.first <= index < self.first + self.length

    def word(self, index: int) -> str:
        """As what this word of the query was read."""
        return self.read[index - self.first]


def key_of(phrase: Sequence[str], language: str) -> tuple[str, ...]:
    """How folded words are compared with those of a query."""
    return tuple(stem(word, language) if len(word) >= SHORTEST_STEM else word for word in phrase)


class Thesaurus:
    """All rows, ready to be asked for the words of a query."""

    def __init__(self, rows: Iterable[Alike] = ()) -> None:
        self._beside: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], str]] = {}
        written: dict[str, dict[str, int]] = {}
        for row in rows:
            for phrase in self._add(row):
                written.setdefault(row.language, {}).update(dict.fromkeys(phrase, 1))
        self._forms = {(code, key_of([one], code)) for code, found in written.items() for one in found}
        self._known = {code: Vocabulary(found, len(found)) for code, found in written.items()}

    def __bool__(self) -> bool:
        return bool(self._beside)

    def _add(self, row: Alike) -> Iterator[tuple[str, ...]]:
        """Yields the phrases that find others."""
        folded = [(tuple(words(one)), one) for one in row.words]
        for number, (phrase, _shown) in enumerate(folded):
            others = {other: shown for other, shown in folded if other and other != phrase}
            if phrase and (not row.one_way or number == 0):
                self._beside.setdefault((row.language, key_of(phrase, row.language)), {}).update(others)
                yield phrase

    def near(self, word: str, languages: Collection[str] = tuple(LANGUAGES)) -> list[tuple[int, str]]:
        """(slips, word) of the words in rows that a misspelt one may be, the nearest first; none where it is
        a form of one itself. Everybody may read the rows: it is no matter whose texts hold these words."""
        known = [(code, self._known[code]) for code in languages if code in self._known]
        if any((code, key_of([word], code)) in self._forms for code, _found in known):
            return []
        return sorted({one for _code, found in known for one in found.proposals(word, unfinished=False)})

    def beside(
        self, wanted: Wanted, languages: Collection[str] = tuple(LANGUAGES), meant: Meant = NO_SLIPS
    ) -> list[Beside]:
        """From the first word on the longest phrase that stands in a row, each word in one phrase alone and
        each phrase once; quoted words and codes in none.

        meant: how words that are misspelt may be read.
        """
        if not self._beside:
            return []
        kept = _kept(wanted)
        found: list[Beside] = []
        seen: set[tuple[str, ...]] = set()
        index = 0
        while index < len(wanted.words):
            ones = self._from(wanted.words, index, kept, languages, meant)
            typed = wanted.words[index : index + ones[0].length] if ones else ()
            if typed not in seen:
                found += ones
            seen.add(typed)
            index += len(typed) or 1
        return found[:MOST_IN_QUERY]

    def _from(
        self, typed: Sequence[str], index: int, kept: set[str], languages: Collection[str], meant: Meant
    ) -> list[Beside]:
        for length in range(min(MOST_IN_PHRASE, len(typed) - index), 0, -1):
            phrase = typed[index : index + length]
            if not kept.isdisjoint(phrase) or STOP_WORDS.issuperset(phrase):
                continue
            for read in _readings(phrase, meant):
                found = [
                    Beside(index, length, other, code, shown, read)
                    for code in languages
                    for other, shown in self._beside.get((code, key_of(read, code)), {}).items()
                    if other != read
                ]
                if found:
                    return found[:MOST_BESIDE]
        return []


NO_THESAURUS = Thesaurus()


def _kept(wanted: Wanted) -> set[str]:
    """Words that stay as they are."""
    return {word for phrase in (*wanted.phrases, *wanted.codes) for word in phrase}


def _readings(phrase: Sequence[str], meant: Meant) -> list[tuple[str, ...]]:
    """A phrase as it stands, then with one word read otherwise, and so on."""
    ways = product(*(list(enumerate((word, *meant.get(word, ())))) for word in phrase))
    ordered = sorted(ways, key=lambda way: sum(number for number, _word in way))
    return [tuple(word for _number, word in way) for way in ordered]


class Reader(Protocol):
    """What somebody may read, word by word, and in which languages they ask.

    knows: whether the word stands there; completes: whether it may still be typed, and begins one that does.
    nearest: (slips, word) of the nearest that stands there; it is asked for words that do not.
    """

    codes: list[str]

    def knows(self, word: str) -> bool: ...
    def completes(self, word: str) -> bool: ...
    def nearest(self, word: str) -> tuple[int, str] | None: ...


def widened(thesaurus: Thesaurus, wanted: Wanted, reader: Reader) -> list[Beside]:
    """What is looked for beside a query. Words with slips are read as in rows, or as in what the reader may
    read where that is nearer."""
    if not thesaurus:
        return []
    kept = _kept(wanted)
    meant: dict[str, list[str]] = {}
    for word in wanted.content:
        if len(word) < SHORTEST_MISSPELT or word.isdigit() or word in kept or reader.knows(word):
            continue
        other = reader.nearest(word)
        near = [one for one in thesaurus.near(word, reader.codes) if not other or one[0] <= other[0]]
        near += [other] if other else []
        if near and not reader.completes(word):
            meant[word] = list(dict.fromkeys(one for _slips, one in near))[:MOST_MEANT]
    return thesaurus.beside(wanted, reader.codes, meant)


def names_of(found: Iterable[Beside], wanted: Wanted) -> list[str]:
    """What was also looked for, as it was written down; without what was typed itself."""
    typed = f" {' '.join(wanted.words)} "
    shown = {one.words: one.shown for one in found if f" {' '.join(one.words)} " not in typed}
    return list(shown.values())


def read_as(wanted: Wanted, corrections: Iterable[tuple[str, str]]) -> Wanted:
    """A query with some of its words read otherwise."""
    read = dict(corrections)
    return replace(wanted, words=tuple(read.get(word, word) for word in wanted.words))


def terms_of(index: int, word: str, beside: Iterable[Beside], seen: Callable[[str], int]) -> list[Term]:
    """What is looked for beside this word, for the ranker. It is as frequent as both of them together: what
    means the same is one matter, and no rarer for having two names."""
    found = []
    for one in beside:
        phrase = " ".join(one.words)
        number = seen(word) + min(seen(part) for part in one.words)
        found.append(Term(index, forms_of(phrase, [one.language]), SYNONYM, number, means_same=True))
    return found
