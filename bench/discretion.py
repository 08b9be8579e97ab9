"""python -m bench.discretion: whether the time of an answer tells of words that one may not read.

Two indexes hold the same made-up things (bench.shelves). In one of them, some of those that the asker may not
read hold a word that stands in no other; in the other, these hold another word. Both are asked the same, by
turns: the word, with a slip, its beginning, in two, as part of a compound, and each beside a word that is
known, as on the page and while typing.

ratio: median where the word stands hidden, through median where it stands nowhere. told: how often the answer
with the hidden word took longer, of all pairs of answers; 0.5 is chance. Wall-clock milliseconds of
Engine.search(), in this process: nothing of the network and the page, which add more than they tell.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

HIDDEN = (
    ("kwartelslag", "kwartelslog", "kwartels", "kwartel slag", "kwartelslagkwartelslag"),
    ("brokkelwurm", "brokkelworm", "brokkelw", "brokkel wurm", "brokkelwurmbrokkelwurm"),
)
WAYS = ("the word", "with a slip", "its beginning", "in two", "in a compound")
ELSEWHERE = "c:999"
SHOWN = {False: 30, True: 24}
COLUMNS = ["engine", "asked", "how", "hidden ms", "nowhere ms", "ratio", "told"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--things", type=int, default=5000)
    parser.add_argument("--every", type=int, default=300, help="one of so many things holds the hidden word")
    parser.add_argument("--times", type=int, default=50, help="that each question is asked of each index")
    parser.add_argument("--engines", default="embedded,meilisearch")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    from bench.engines import clean_up_when_ended

    clean_up_when_ended()
    with tempfile.TemporaryDirectory(prefix="kring-discretion-") as place:
        os.environ["KRING_DATA"] = place
        import django

        django.setup()
        rows = [
            row for name in options.engines.split(",") for row in measured(name, Path(place) / name, options)
        ]
    from bench.table import show

    show("Search: what the time of an answer tells", COLUMNS, rows, options.json)


def measured(name: str, place: Path, options: Any) -> Iterator[list[Any]]:
    from bench.engines import made

    with ExitStack() as stack:
        engines = []
        for number, words in enumerate(HIDDEN):
            own = place / str(number)
            own.mkdir(parents=True)
            engine = stack.enter_context(made(name, own))
            engine.rebuild(list(documents(options, words[0])), lambda things: [])
            engines.append(engine)
        known = _known_word(options.things)
        for typing in (False, True):
            for beside in ("", f" {known}"):
                for way, asked in enumerate(zip(*HIDDEN, strict=True)):
                    figures = _compared(engines, [f"{one}{beside}" for one in asked], typing, options.times)
                    said = f"{WAYS[way]}{', with a known one' if beside else ''}"
                    yield [name, "while typing" if typing else "page", said, *figures]


def documents(options: Any, hidden: str) -> Iterator[Any]:
    """Things of which some may not be read, and hold a word."""
    from bench.shelves import Shelf

    for number, document in enumerate(Shelf().documents(options.things)):
        if number % options.every == 0 and "#" not in document.key:
            yield replace(document, body=f"{document.body} {hidden} {hidden}en", audience=(ELSEWHERE,))
        else:
            yield document


def _known_word(things: int) -> str:
    from bench.shelves import Shelf

    return Shelf().questions(1, things)["one to three words"][0].split()[0]


def _compared(engines: list[Any], asked: list[str], typing: bool, times: int) -> list[float]:
    """Each word hidden in its own index, and nowhere in the other one: what differs otherwise, evens out."""
    hidden: list[float] = []
    nowhere: list[float] = []
    ratios = []
    told = []
    for own, text in enumerate(asked):
        taken: dict[bool, list[float]] = {True: [], False: []}
        for engine in engines:
            _ask(engine, text, typing)
        for _ in range(times):
            for inside in random.sample((True, False), 2):
                taken[inside].append(_ask(engines[own if inside else 1 - own], text, typing))
        hidden += taken[True]
        nowhere += taken[False]
        ratios.append(statistics.median(taken[True]) / statistics.median(taken[False]))
        told.append(statistics.mean(one > other for one in taken[True] for other in taken[False]))
    return [
        statistics.median(hidden),
        statistics.median(nowhere),
        statistics.mean(ratios),
        statistics.mean(told),
    ]


def _ask(engine: Any, text: str, typing: bool) -> float:
    from bench.shelves import reader
    from search.engines import Query

    began = time.perf_counter()
    engine.search(Query(text, reader(), while_typing=typing, per_page=SHOWN[typing]))
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
