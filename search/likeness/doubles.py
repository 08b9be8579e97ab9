"""Pairs that look like doubles: the same thing written down twice."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import numpy as np

from . import storage
from .files import changed_in
from .model import Array
from .shelf import Shelf, shared_words

# Both measured; see docs/adr/0008-likeness.md.
LEAST_DIRECTION, LEAST_WORDS = 0.85, 0.5
MOST_PAIRS, MOST_OF_ONE = 2000, 3
# Of the product of all with all so much is in memory at once, and of a part so many pairs are looked at.
TILE, MOST_OF_TILE = 1024, 20_000
COMPARED_AT_ONCE = 1000

Pair = tuple[str, str, float]


def find_doubles(shelf: Shelf, things: Collection[str] | None = None) -> list[Pair]:
    """(thing, thing, likeness of their words), the likeliest first; a thing in a few pairs at most.

    things: only pairs with one of these. Without, time grows with the square of the collection, memory not.
    """
    rows = np.flatnonzero(shelf.table.present)
    own = None
    if things is not None:
        own = np.array(sorted(shelf.row_of[one] for one in things if one in shelf.row_of), int)
    found: list[tuple[float, int, int]] = []
    for first, second in _near(shelf, rows, own):
        found += _with_the_same_words(shelf, first, second)
        if len(found) > 4 * MOST_PAIRS:
            found = sorted(set(found), reverse=True)[: 2 * MOST_PAIRS]
    return _few_of_each([(shelf.table.things[a], shelf.table.things[b], words) for words, a, b in set(found)])


def _near(shelf: Shelf, rows: Array, own: Array | None) -> Iterator[tuple[Array, Array]]:
    """Pairs of rows of one kind that lie close together, a part of the table after the other."""
    kinds = shelf.table.kinds
    tiles = _tiles(rows)
    for number, left in enumerate(tiles if own is None else _tiles(own)):
        vectors = shelf.rows("vectors", left)
        for right in tiles[number:] if own is None else tiles:
            scores = vectors @ shelf.rows("vectors", right).T
            scores[(kinds[left][:, None] != kinds[right]) | (left[:, None] == right)] = 0
            near = np.flatnonzero(scores >= LEAST_DIRECTION)
            if len(near) > MOST_OF_TILE:
                near = near[np.argpartition(-scores.ravel()[near], MOST_OF_TILE)[:MOST_OF_TILE]]
            one, other = left[near // len(right)], right[near % len(right)]
            yield np.minimum(one, other), np.maximum(one, other)


def _tiles(rows: Array) -> list[Array]:
    return [rows[start : start + TILE] for start in range(0, len(rows), TILE)]


def _with_the_same_words(shelf: Shelf, first: Array, second: Array) -> list[tuple[float, int, int]]:
    found = []
    for start in range(0, len(first), COMPARED_AT_ONCE):
        one, other = (rows[start : start + COMPARED_AT_ONCE] for rows in (first, second))
        tables = [shelf.rows(name, rows) for rows in (one, other) for name in ("terms", "weights")]
        words = shared_words(*tables)
        for at in np.flatnonzero(words >= LEAST_WORDS):
            found.append((float(words[at]), int(one[at]), int(other[at])))
    return found


def _few_of_each(found: Iterable[Pair]) -> list[Pair]:
    often: dict[str, int] = {}
    kept: list[Pair] = []
    for first, second, words in sorted(found, key=lambda pair: (-pair[2], pair[:2])):
        if max(often.get(first, 0), often.get(second, 0)) < MOST_OF_ONE and len(kept) < MOST_PAIRS:
            often[first], often[second] = often.get(first, 0) + 1, often.get(second, 0) + 1
            kept.append((first, second, round(words, 3)))
    return kept


def update_doubles(root: Path, shelf: Shelf) -> list[Pair]:
    """Bring the pairs of the live build up to its journal; what it holds then."""
    folder = root / storage.current(root)
    before, start = _saved(folder)
    records, journal = storage.records(folder, start or 0)
    if start is None:
        pairs = find_doubles(shelf)
    elif not records:
        return before
    else:
        changed = {thing for record in records for thing in changed_in(record)}
        others = [pair for pair in before if changed.isdisjoint(pair[:2])]
        pairs = _few_of_each([*others, *find_doubles(shelf, changed)])
    storage.write_json(folder / "doubles.json", {"pairs": pairs, "journal": journal})
    return pairs


def doubles_of(root: Path) -> list[Pair]:
    """The pairs that were found last, the likeliest first."""
    name = storage.current(root)
    return _saved(root / name)[0] if name else []


def doubles_state(root: Path) -> tuple[str, float]:
    """Changes whenever the pairs do."""
    name = storage.current(root)
    try:
        return name, (root / name / "doubles.json").stat().st_mtime_ns
    except FileNotFoundError:
        return name, 0


def _saved(folder: Path) -> tuple[list[Pair], int | None]:
    """The pairs, and how much of the journal they cover: None for nothing."""
    try:
        saved = storage.read_json(folder / "doubles.json")
        return [(first, second, words) for first, second, words in saved["pairs"]], saved["journal"]
    except (OSError, ValueError, KeyError, TypeError):
        return [], None
