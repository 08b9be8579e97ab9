"""Showing where it was found: the words of a query marked in a title or a piece of text, as safe HTML."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .text import STOP_WORDS, fold, stem

WORD = re.compile(r"[^\W_]+")
# Longer texts are looked through no further: the window must be found in milliseconds.
LONGEST = 60_000


class Marker:
    """Marks terms, words that begin with `prefix`, and words with the same stem. Every piece is escaped."""

    def __init__(self, terms: Iterable[str] = (), prefix: str = "", languages: Iterable[str] = ()) -> None:
        found = set(terms)
        self.terms = (found - STOP_WORDS) or found
        self.prefix = prefix
        self.stems = {code: {stem(term, code) for term in self.terms} for code in languages}
        self._known: dict[str, bool] = {}

    def _hits(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            folded = fold(word)
            known = self._known[word] = bool(folded) and (
                folded in self.terms
                or bool(self.prefix and folded.startswith(self.prefix))
                or any(stem(folded, code) in stems for code, stems in self.stems.items())
            )
        return known

    def mark(self, text: str, start: int = 0, end: int | None = None) -> SafeString:
        """text[start:end] escaped, with the found words in <mark>."""
        end = len(text) if end is None else end
        pieces, at = [], start
        if self.terms:
            for found in WORD.finditer(text, start, end):
                if self._hits(found[0]):
                    pieces += [escape(text[at : found.start()]), "<mark>", escape(found[0]), "</mark>"]
                    at = found.end()
        pieces.append(escape(text[at:end]))
        return mark_safe("".join(pieces))  # every piece is escaped above

    def snippet(self, text: str, size: int) -> SafeString:
        """About `size` letters around the place where most of the words stand together."""
        text = text[:LONGEST]
        start = self._window(text, size) if self.terms else 0
        end = min(len(text), start + size)
        if end < len(text):
            end = max(text.rfind(" ", start, end), start + size // 2)
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        return mark_safe(f"{before}{self.mark(text, start, end)}{after}")

    def line(self, text: str, size: int) -> SafeString:
        """The line in which most of the words stand, for texts that are lists; else the first."""
        best = next(iter(self.lines(text)), 0)
        return self.snippet(text.split("\n")[best], size)

    def lines(self, text: str) -> list[int]:
        """Numbers of the lines in which words stand, those with most of them first."""
        found = {}
        for number, line in enumerate(text[:LONGEST].split("\n")):
            if hits := {fold(m[0]) for m in WORD.finditer(line) if self._hits(m[0])}:
                found[number] = len(hits)
        return sorted(found, key=lambda number: (-found[number], number))

    def _window(self, text: str, size: int) -> int:
        hits = [(m.start(), m.end(), fold(m[0])) for m in WORD.finditer(text) if self._hits(m[0])]
        best, start = (-1, 0), 0
        for index, (begin, _, _) in enumerate(hits[:400]):
            inside = [hit for hit in hits[index : index + 40] if hit[1] <= begin + size]
            score = (len({word for _, _, word in inside}), len(inside))
            if score > best:
                best, start = score, begin
        start = max(0, start - size // 6)
        return (text.find(" ", start) + 1 or start) if start else 0
