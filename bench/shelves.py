"""Documents and questions in any number, with words spread as in real texts: few often, most hardly ever.

The same number gives the same document every time. Without a folder all words are made up; with one,
sentences of its *.jsonl (as bench.sets reads them) are mixed, and made-up words go on where theirs end.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

SYLLABLES = [
    first + second for first in "bdfghklmnprstvwz" for second in ("a", "e", "i", "o", "u", "oe", "er")
]
COMMON = {
    "en": "the of and to in is for that with on as was by not are this be from at it".split(),
    "nl": "de van het een en in is dat op te voor met niet zijn aan er om ook als bij".split(),
}
KINDS = ("lesson", "question", "article", "discussion")
COMMUNITIES, TAGS = 200, 300
READABLE = 40
NOW = datetime(2026, 6, 1, tzinfo=UTC)
# The lower the first, the faster the vocabulary grows; the second is how many words are about as frequent.
STEEPNESS, HEAD = 0.5, 25
LETTERS_OF_SENTENCE = (30, 400)


class Shelf:
    """Makes documents, and questions that some of them answer."""

    def __init__(self, folder: Path | None = None) -> None:
        self.sentences: dict[str, list[str]] = {"en": [], "nl": []}
        if folder:
            self._read(folder)

    def _read(self, folder: Path) -> None:
        from .folders import rows
        from .sets import plain

        for path in sorted(folder.glob("*.jsonl")):
            for row in rows(path):
                if row.get("lang") in self.sentences:
                    self.sentences[row["lang"]] += [
                        one
                        for one in plain(row).split(". ")
                        if LETTERS_OF_SENTENCE[0] < len(one) < LETTERS_OF_SENTENCE[1]
                    ]

    def documents(self, count: int) -> Iterator[Any]:
        """Of every fifth thing three parts, too."""
        for number in range(1, count + 1):
            yield self.document(number)
            if number % 5 == 0:
                yield from (self.document(number, part) for part in range(1, 4))

    def document(self, number: int, part: int = 0, text: str = "") -> Any:
        from kring.indexing.registry import Document

        chance = random.Random(number * 10 + part)
        language = "nl" if number % 2 else "en"
        community = str(chance.randrange(COMMUNITIES))
        kind = KINDS[number % len(KINDS)]
        body = " ".join(
            self._sentence(chance, language) for _ in range(chance.randrange(2, 5 if part else 16))
        )
        return Document(
            key=f"{kind}:{number}#{part}" if part else f"{kind}:{number}",
            kind=kind,
            title=" ".join(self._sentence(chance, language).split()[:8]),
            body=f"{text} {body}".strip(),
            url=f"/{number}/",
            audience=(f"c:{community}",),
            updated_at=NOW - timedelta(minutes=chance.randrange(60 * 24 * 700)),
            language=language,
            community=community,
            tags=tuple(f"t{chance.randrange(TAGS)}" for _ in range(3)),
        )

    def _sentence(self, chance: random.Random, language: str) -> str:
        known = self.sentences[language]
        if known and chance.random() < 0.8:
            return chance.choice(known)
        return " ".join(self._word(chance, language) for _ in range(chance.randrange(8, 20)))

    def _word(self, chance: random.Random, language: str) -> str:
        if chance.random() < 0.4:
            return chance.choice(COMMON[language])
        rank = int((chance.paretovariate(STEEPNESS) - 1) * HEAD)
        return spelt(rank * 2 + (language == "nl"))

    def questions(self, count: int, documents: int) -> dict[str, list[str]]:
        """Kind of question to questions; every third of the short ones has slips."""
        from .measures import cut_short, with_typos

        chance = random.Random(7)
        made: dict[str, list[str]] = {"one to three words": [], "whole question": [], "while typing": []}
        for number in range(count):
            one = self.document(chance.randrange(1, documents + 1))
            common = COMMON[one.language]
            words = [word for word in one.body.split() if len(word) > 3 and word not in common]
            few = " ".join(chance.sample(words, min(len(words), number % 3 + 1)))
            made["one to three words"].append(with_typos(few, few) if number % 3 == 2 else few)
            start = chance.randrange(max(1, len(one.body.split()) - 12))
            made["whole question"].append(" ".join(one.body.split()[start : start + chance.randrange(8, 16)]))
            made["while typing"].append(cut_short(few))
        return made


def spelt(number: int) -> str:
    """A word for every number, the shorter the smaller it is."""
    number += len(SYLLABLES)
    letters = ""
    while number:
        number, rest = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[rest]
    return letters


def reader() -> frozenset[str]:
    """The audience of somebody who may read a fifth of the communities."""
    return frozenset(["staff", "u:1", *(f"c:{number}" for number in range(READABLE))])
