"""A model and places of things, to and from the files of a build."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kring.indexing.registry import Document

from . import storage
from .model import STRONGEST, Array, Model, Place

TABLES = ("vectors", "terms", "weights")

Placed = tuple[Document, Place]


@dataclass(frozen=True, slots=True)
class Places:
    """Row by row where things lie: their names, who may know of them, vectors, terms and weights."""

    things: list[str]
    audiences: list[tuple[str, ...]]
    vectors: Array
    terms: Array
    weights: Array


def save_model(folder: Path, model: Model) -> None:
    storage.write_json(folder / "words.json", {"terms": list(model.index), "compounds": model.compounds})
    np.save(folder / "rarity.npy", model.rarity)
    np.save(folder / "space.npy", model.space)


@lru_cache(maxsize=2)
def load_model(folder: Path) -> Model:
    words = storage.read_json(folder / "words.json")
    index = {term: number for number, term in enumerate(words["terms"])}
    rarity, space = (_open(folder, name) for name in ("rarity", "space"))
    return Model(index, rarity, space, words["compounds"])


def save_places(folder: Path, found: Iterable[Placed], number: int, directions: int) -> None:
    """Those of at most `number` things, without holding them all in memory."""
    shapes: dict[str, tuple[Any, int]] = {
        "vectors": (np.float32, directions),
        "terms": (np.int32, STRONGEST),
        "weights": (np.float16, STRONGEST),
    }
    files = {
        name: np.lib.format.open_memmap(folder / f"{name}.npy", "w+", dtype, (number, width))
        for name, (dtype, width) in shapes.items()
    }
    things: list[tuple[str, list[str]]] = []
    for document, place in found:
        row = len(things)
        files["vectors"][row], files["terms"][row] = place.vector, place.terms
        files["weights"][row] = place.weights
        things.append((document.thing, list(document.audience)))
    for file in files.values():
        file.flush()
    storage.write_json(folder / "things.json", things)


def load_places(folder: Path) -> Places:
    things = storage.read_json(folder / "things.json")
    number = len(things)
    vectors, terms, weights = (_open(folder, name)[:number] for name in ("vectors", "terms", "weights"))
    return Places(
        [thing for thing, _audience in things],
        [tuple(audience) for _thing, audience in things],
        vectors,
        terms,
        weights,
    )


def joined(first: Places, second: Places) -> Places:
    """The rows of both, held in memory."""
    tables = (np.concatenate([getattr(first, name), getattr(second, name)]) for name in TABLES)
    return Places([*first.things, *second.things], [*first.audiences, *second.audiences], *tables)


def _open(folder: Path, name: str) -> Array:
    return np.load(folder / f"{name}.npy", mmap_mode="r")


def packed(things: Collection[str], found: list[Placed]) -> bytes:
    """A record of the journal: what changed, and where it lies now. A line of JSON, then the numbers."""
    head = {"changed": list(things), "placed": [[one.thing, list(one.audience)] for one, _place in found]}
    parts = [
        np.stack([getattr(place, name) for _one, place in found]).tobytes() if found else b""
        for name in ("vector", "terms", "weights")
    ]
    return json.dumps(head).encode() + b"\n" + b"".join(parts)


def changed_in(record: bytes) -> list[str]:
    """The things of which a record of the journal tells."""
    return list(json.loads(record.partition(b"\n")[0])["changed"])


def unpacked(record: bytes, directions: int) -> tuple[list[str], Places]:
    line, _newline, numbers = record.partition(b"\n")
    head = json.loads(line)
    rows = len(head["placed"])
    found = []
    at = 0
    for dtype, width in ((np.float32, directions), (np.int32, STRONGEST), (np.float16, STRONGEST)):
        count = rows * width
        found.append(np.frombuffer(numbers, dtype, count, at).reshape(rows, width))
        at += found[-1].nbytes
    audiences = [tuple(audience) for _thing, audience in head["placed"]]
    return head["changed"], Places([thing for thing, _audience in head["placed"]], audiences, *found)
