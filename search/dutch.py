"""Forms of Dutch words, taken together before and after a stemmer.

Kraaij and Pohlmann's takes verbs and what is made of words together, and leaves many plurals and adjectives
apart: voorbeeld and voorbeelden, probleem and problemen, proces and processen, nieuw and nieuwe.
"""

import re
from collections.abc import Callable

VOWELS = frozenset("aeiouy")
SHORTEST = 4
HARDENED = {"v": "f", "z": "s"}
OPEN_SYLLABLE = re.compile(r"^([^aeiouy]*)([aeou])([^aeiouyx])$")
LONG_VOWEL = re.compile(r"(aa|ee|oo|uu)(?=[^aeiouy]+$)")
SYLLABLE = re.compile(r"[aeiouy]+")
# What the rules make of plurals with another vowel, and what the stemmer would make something else of.
OTHERWISE = {
    "daag": "dag",
    "weeg": "weg",
    "paad": "pad",
    "daak": "dak",
    "glaas": "glas",
    "vaat": "vat",
    "steed": "stad",
    "leed": "lid",
}
KEPT = frozenset({"gemeent", "overheid"})
# As the stemmer knows these endings.
ENDINGS = ((re.compile(r"(?<=..)bar$"), "baar"), (re.compile(r"hed$"), "heid"), (re.compile(r"nel$"), "neel"))


def dutch_stem(word: str, stemmed: Callable[[str], str]) -> str:
    """The stem of a folded word. stemmed: the stemmer."""
    if not word.isalpha():
        return word
    short = without_ending(word)
    if short in KEPT:
        return short
    found = stemmed(short)
    # Of so little is left that it would be another word.
    if len(found) < SHORTEST <= len(short):
        found = short
    return _settled(_hardened(found))


def without_ending(word: str) -> str:
    """A word without the endings of plurals, adjectives and infinitives; short ones as they are."""
    before = ""
    while word != before:
        before, word = word, _shorter(word)
    for ending, known in ENDINGS:
        word = ending.sub(known, word)
    return OTHERWISE.get(word, word)


def _shorter(word: str) -> str:
    if len(word) > SHORTEST and word.endswith("s") and word[-2] not in "su":
        return word[:-1]
    if len(word) > SHORTEST and word.endswith("en"):
        return _without(word, 2)
    if len(word) >= SHORTEST and word.endswith("e") and word[-2] not in VOWELS:
        return _without(word, 1)
    return _hardened(word)


def _without(word: str, letters: int) -> str:
    """In short words the vowel is written twice where nothing follows: lees of lezen, and les of lessen."""
    rest = word[:-letters]
    if not VOWELS.intersection(rest):
        return word
    return _hardened(OPEN_SYLLABLE.sub(r"\1\2\2\3", rest))


def _hardened(word: str) -> str:
    """As it ends where nothing follows: bus of bussen, brief of brieven."""
    if len(word) >= SHORTEST and word[-1] == word[-2] and word[-1] not in VOWELS:
        word = word[:-1]
    return word[:-1] + HARDENED.get(word[-1], word[-1]) if word else word


def _settled(stem: str) -> str:
    """In long words a vowel is written once, so that it is the same with an ending and without."""
    return LONG_VOWEL.sub(lambda found: found[0][0], stem) if len(SYLLABLE.findall(stem)) > 1 else stem
