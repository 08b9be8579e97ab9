"""Words: how texts and queries are taken apart, the same for every engine."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from .dutch import dutch_stem, without_ending

LANGUAGES = {"en": "english", "nl": "dutch"}
LONGEST_QUERY = 400
MOST_WORDS = 32
MOST_OPERATORS = 8

STOP_WORDS = frozenset(
    "a an and are as at be but by can do does for from has have how i if in into is it its my no not of "
    "on or our such that the their then there these they this to was we were what when where which who "
    "will with you your "
    "aan al als bij dan dat de deze die dit door een en er het hoe hun ik in is je kan kunt maar met "
    "mijn naar niet nog of om ons onze ook op over te tot u uit uw van voor waar wat we wel werd wie "
    "wij wordt worden ze zij zijn".split()
)
OPTIONAL = re.compile(r'(?<!\S)(-?)["“”„«»]([^"“”„«»]*)["“”„«»]|(?<!\S)-(?=[^\W\d_])(\S+)')
# Numbers of parts and versions: with a digit, and signs between letters and digits.
CODE = re.compile(r"(?<![^\s(\[])(?=\S*\d)[^\W_]+(?:[-./:_#+][^\W_]+)+(?=[\s)\],;!?.]|$)")
WORD_AT_END = re.compile(r"[^\W_]$")


def _builder() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return builder.filter(Filter.remove_long(60)).filter(Filter.lowercase()).filter(Filter.ascii_fold())


FOLD: TextAnalyzer = _builder().build()
_STEM: dict[str, TextAnalyzer] = {
    code: _builder().filter(Filter.stemmer(name)).build() for code, name in LANGUAGES.items()
}


def words(text: str) -> list[str]:
    """The words of a text in order, in lower case and without accents."""
    return FOLD.analyze(text)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    return "".join(FOLD.analyze(word))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The word's stem in "en" or "nl"; the word itself when nothing is left."""

    def stemmed(word: str) -> str:
        found = _STEM[language].analyze(word)
        return found[0] if found else word

    return dutch_stem(word, stemmed) if language == "nl" else stemmed(word)


def are_forms(word: str, other: str, languages: Iterable[str]) -> bool:
    """Whether two words are forms of one in any of these languages: each finds the other by itself.

    Of two without an ending the stems may meet because a Dutch vowel is written once in them (notebok and
    notebook): those are not.
    """
    return any(
        stem(word, code) == stem(other, code)
        and (code != "nl" or any(without_ending(one) != one for one in (word, other)))
        for code in languages
    )


def clean(text: str, limit: int = LONGEST_QUERY) -> str:
    """What somebody typed or sent, without what no text holds: NUL, lone surrogates; cut to `limit`."""
    text = text[: limit * 4].encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    return " ".join(text.split())[:limit].strip()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query taken apart. `unfinished`: the last word may still be typed.

    "Words in quotes" must stand together as they are; words after a minus must not. codes: parts of what
    looks like a number of a part or a version (AB-1234/5, v2.3.1); where they stand together as they are in
    what can be found, they must.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    unfinished: bool = False
    codes: tuple[tuple[str, ...], ...] = ()

    @property
    def content(self) -> tuple[str, ...]:
        """The words that say something; all of them when none does."""
        telling = tuple(word for word in dict.fromkeys(self.words) if word not in STOP_WORDS)
        return telling or tuple(dict.fromkeys(self.words))


def take_apart(text: str) -> Wanted:
    """Read a query. Whatever cannot be read as an operator counts as words."""
    text = clean(text)
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []

    def note(found: re.Match[str]) -> str:
        minus, phrase, word = found.groups()
        inside = tuple(words(word or phrase)[:MOST_WORDS])
        if word is not None or minus:
            excluded.extend([inside] if inside else [])
            return " "
        phrases.extend([inside] if inside else [])
        return f" {phrase} "

    rest = OPTIONAL.sub(note, text)
    wanted = words(rest)[:MOST_WORDS]
    if not wanted:
        return Wanted(tuple(words(text)[:MOST_WORDS]), unfinished=bool(WORD_AT_END.search(text)))
    return Wanted(
        tuple(wanted),
        tuple(phrases[:MOST_OPERATORS]),
        tuple(excluded[:MOST_OPERATORS]),
        bool(WORD_AT_END.search(text)),
        tuple(tuple(words(code)) for code in CODE.findall(OPTIONAL.sub(" ", text))[:MOST_OPERATORS]),
    )


LONGEST_KEPT = 80
ADDRESS = re.compile(r"\S@\S")
# As people write telephone numbers and numbers of persons: seven digits or more in one go.
LONG_NUMBER = re.compile(r"(?:\d[\s().+/-]*){7,}")


def as_asked(text: str) -> str:
    """The words of a query as they are counted and as results are pinned to them: without case and accents.

    What was left out by a minus is left out here.
    """
    return " ".join(take_apart(text).words)[:LONGEST_KEPT]


def may_be_kept(text: str) -> bool:
    """Whether a query looks like words about a matter, and not like something of a person or a letter."""
    text = clean(text)
    return len(text) <= LONGEST_KEPT and not ADDRESS.search(text) and not LONG_NUMBER.search(text)
