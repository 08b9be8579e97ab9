"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

from .text import to_text

_WORDS = re.compile(r"\s+|[^\s]+")
# Comparing takes the square of it; longer texts are compared line by line.
MOST_WORDS = 3000

Piece = tuple[str, str]


def differences(old: str, new: str) -> list[Piece]:
    """("same", "added" or "removed", words) in order, of two rich texts; formatting is not looked at."""
    before, after = to_text(old), to_text(new)
    left, right = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(left), len(right)) > MOST_WORDS:
        left, right = before.splitlines(keepends=True), after.splitlines(keepends=True)
    runs = groupby(_joined(_pieces(left, right)), key=itemgetter(0))
    return [(kind, "".join(words for _, words in run)) for kind, run in runs]


def _pieces(left: list[str], right: list[str]) -> Iterator[Piece]:
    for tag, begin, end, other_begin, other_end in SequenceMatcher(None, left, right, False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(left[begin:end])
            continue
        yield "removed", "".join(left[begin:end])
        yield "added", "".join(right[other_begin:other_end])


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A change of several words is one: a blank between two changes is not worth keeping apart."""
    removed = added = ""
    for kind, text in pieces:
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif (removed or added) and text.isspace() and "\n" not in text:
            removed, added = removed + text, added + text
        else:
            yield from _changed(removed, added)
            removed = added = ""
            yield kind, text
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    """What both end with is no part of the change."""
    end = ""
    while removed and added and removed[-1].isspace() and removed[-1] == added[-1]:
        end, removed, added = removed[-1] + end, removed[:-1], added[:-1]
    if removed:
        yield "removed", removed
    if added:
        yield "added", added
    if end:
        yield "same", end
