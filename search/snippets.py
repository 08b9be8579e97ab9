"""Showing where it was found: the words of a query marked in a title or a piece of text, as safe HTML."""

import re
from collections.abc import Iterable, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .text import STOP_WORDS, fold, stem
from .thesaurus import Beside, key_of

# Longer texts are looked through no further: the window must be found in milliseconds.
LONGEST = 60_000
WORD = re.compile(r"[^\W_]+")


def _beginning_like(terms: Iterable[str]) -> re.Pattern[str]:
    """Finds whole words that begin with the same two letters as one of these, accents aside.

    Stems begin like their words, so most words of a text need not be looked at any closer.
    """
    beginnings = {term[:2] for term in terms if term}
    either = [re.escape(one) for one in sorted(beginnings)]
    # What isn't ASCII may fold to any of them: as the first letter, or as the second.
    either += [rf"{re.escape(one)}(?=[^\x00-\x7f])" for one in sorted({one[0] for one in beginnings})]
    either.append(r"[^\W_\x00-\x7f]")
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(either)})[^\W_]*", re.IGNORECASE)


class Marker:
    """Marks terms, words that begin with `prefix`, words with the same stem, and what was looked for also:
    phrases only where they stand together. Every piece is escaped."""

    def __init__(
        self,
        terms: Iterable[str] = (),
        prefix: str = "",
        languages: Iterable[str] = (),
        also: Iterable[Beside] = (),
    ) -> None:
        found = set(terms)
        self.terms = (found - STOP_WORDS) or found
        self.prefix = prefix
        self.stems = [(code, {stem(term, code) for term in self.terms}) for code in languages]
        self._phrases = [(one.language, key_of(one.words, one.language)) for one in also]
        beginnings = [phrase[0] for _language, phrase in self._phrases]
        self._candidates = _beginning_like([*self.terms, prefix, *beginnings])
        self._known: dict[str, bool] = {}

    def _hits(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._is_hit(fold(word))
        return known

    def _is_hit(self, folded: str) -> bool:
        if not folded:
            return False
        if folded in self.terms or (self.prefix and folded.startswith(self.prefix)):
            return True
        return any(stem(folded, code) in stems for code, stems in self.stems)

    def _found(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        until = start
        for match in self._candidates.finditer(text, start, end):
            together = self._phrase_at(match, text, end) if self._phrases else []
            for one in together or ([match] if self._hits(match[0]) else []):
                if one.start() >= until:
                    yield one
                    until = one.end()

    def _phrase_at(self, first: re.Match[str], text: str, end: int) -> list[re.Match[str]]:
        """The words of a phrase that begins here; none where no phrase does."""
        for language, phrase in self._phrases:
            found: list[re.Match[str]] = []
            at: re.Match[str] | None = first
            for wanted in phrase:
                if at is None or key_of([fold(at[0])], language) != (wanted,):
                    break
                found.append(at)
                at = WORD.search(text, at.end(), end)
            else:
                return found
        return []

    def mark(self, text: str, start: int = 0, end: int | None = None) -> SafeString:
        """text[start:end] escaped, with the found words in <mark>."""
        end = len(text) if end is None else end
        pieces, at = [], start
        if self.terms:
            for found in self._found(text, start, end):
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
            if hits := {fold(m[0]) for m in self._found(line, 0, len(line))}:
                found[number] = len(hits)
        return sorted(found, key=lambda number: (-found[number], number))

    def _window(self, text: str, size: int) -> int:
        hits = [(m.start(), m.end(), fold(m[0])) for m in self._found(text, 0, len(text))]
        best, start = (-1, 0), 0
        for index, (begin, _, _) in enumerate(hits[:400]):
            inside = [hit for hit in hits[index : index + 40] if hit[1] <= begin + size]
            score = (len({word for _, _, word in inside}), len(inside))
            if score > best:
                best, start = score, begin
        start = max(0, start - size // 6)
        return (text.find(" ", start) + 1 or start) if start else 0
