"""python -m bench.likeness DIR...: how well likeness finds what a few words or a text are about.

Each DIR is laid out as bench.folders says; its documents go into an index and a folder of likeness that are
thrown away. Every judged query is answered by words alone (the engine's own score), by directions alone, and
by both (search.similar.mixed). Half of the queries, every second one, is for choosing, the other for telling:
figures are given of both. See bench.relevance for what they mean.

--size N: instead, how long an answer takes among so many things, made up at random.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

WAYS = ("words", "directions", "both")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="*")
    parser.add_argument("--size", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kring-likeness-") as place:
        os.environ["KRING_DATA"] = place
        import django

        django.setup()
        if options.size:
            timed(options.size)
        for folder in options.folder:
            report(folder, Path(place) / folder.name)


def report(folder: Path, place: Path) -> None:
    from bench.folders import read
    from bench.measures import mean, measures
    from bench.relevance import documents_of
    from bench.table import show
    from search.engines.embedded import EmbeddedEngine
    from search.likeness.reading import Reader
    from search.likeness.writing import rebuild

    collection = read(folder)
    documents, ids = documents_of(collection, "")
    engine = EmbeddedEngine(place / "index")
    engine.rebuild(documents, lambda things: [])
    rebuild(place / "likeness", documents, lambda things: [], fewest=1)
    shelf = Reader(place / "likeness").shelf()
    rows: dict[tuple[str, str], list[Any]] = {}
    for number, own in enumerate(collection.judged):
        for way, found in answers(engine, shelf, collection.queries[own]["text"]).items():
            keys = [ids[thing] for thing in found if ids[thing] != own][:100]
            half = "told" if number % 2 else "chosen by"
            rows.setdefault((half, way), []).append(measures(keys, collection.grades[own]))
    columns = ["half", "way", "queries", *measures([], {})]
    table = [[half, way, len(found), *mean(found).values()] for (half, way), found in sorted(rows.items())]
    show(f"{folder.name}: {len(documents)} documents", columns, table, False)


def answers(engine: Any, shelf: Any, text: str) -> dict[str, list[str]]:
    from bench.relevance import AUDIENCE
    from search.engines import Query
    from search.similar import mixed

    results = engine.search(Query(text, frozenset({AUDIENCE}), per_page=101, facets=()))
    scores = {hit.thing: hit.score for hit in [*results.hits, *results.close]}
    place = shelf.model.place(text)
    near = {one.thing: one.direction for one in shelf.nearest(place, {AUDIENCE})}
    known = near | shelf.directions(place, scores)
    return {"words": list(scores), "directions": list(near), "both": mixed(scores, known)}


def timed(size: int) -> None:
    """Medians of fifty: a thing's nearest, with what is nobody else's business left out; and all doubles."""
    import numpy as np

    from search.likeness.doubles import find_doubles
    from search.likeness.files import Places
    from search.likeness.model import STRONGEST, Model
    from search.likeness.shelf import Rows, Shelf

    chance = np.random.default_rng(1)
    vectors = chance.standard_normal((size, 100)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    terms = np.sort(chance.integers(0, 50_000, (size, STRONGEST), np.int32), axis=1)
    weights = np.full((size, STRONGEST), STRONGEST**-0.5, np.float16)
    things = [f"lesson:{number}" for number in range(size)]
    audiences = [(f"c:{number % 500}",) for number in range(size)]
    groups = np.arange(size, dtype=np.int32) % 500
    rows = Rows(
        things,
        {thing: row for row, thing in enumerate(things)},
        np.ones(size, bool),
        np.zeros(size, np.int8),
        {"lesson": 0},
        groups,
        audiences[:500],
    )
    shelf = Shelf(Model({}, None, None, {}), [Places(things, audiences, vectors, terms, weights)], rows)
    audience = {f"c:{number}" for number in range(0, 500, 2)}
    taken = []
    for number in range(50):
        place = shelf.place_of(things[number])
        began = time.perf_counter()
        shelf.nearest(place, audience, ["lesson"])
        taken.append(1000 * (time.perf_counter() - began))
    print(f"{size} things: nearest {np.median(taken):.1f} ms, at worst {max(taken):.1f} ms")
    began = time.perf_counter()
    find_doubles(shelf)
    print(f"{size} things: doubles {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
