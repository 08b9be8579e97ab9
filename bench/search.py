"""python -m bench.search: how quickly the site's search answers as it grows, beside the bare engines.

For each size and engine an index is built of made-up things (bench.shelves) and asked as pages ask: with
rights, facets, total and snippets for one to three words and for whole questions, without facets while
typing.
p50 and p95 are wall-clock milliseconds of Engine.search(). "busy": the same while another process replaces
things all the time. "bare": the same words asked of tantivy's own searcher, or of Meilisearch plainly: no
rights, no facets, no forms or slips but its own. Wagtail's database search, of titles and texts, is asked of
small sizes only, because it grows with the square.

The second table: things written in a second by a rebuild; the time from apply() until a changed thing is
found; size of the index; memory of a reading process, and of the server; then four reading processes beside
one that writes two things at once: answers in a second, and how many showed one thing without the other.

Progress goes to stderr. Figures are worth something on a quiet machine alone.
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

SHOWN = {"one to three words": 30, "whole question": 30, "while typing": 24}
LATENCIES = [
    "things",
    "engine",
    "question",
    "p50",
    "p95",
    "bare p50",
    "× bare",
    "busy p50",
    "busy p95",
    "growth",
]
OTHERS = [
    "things",
    "engine",
    "built/s",
    "visible ms",
    "index MB",
    "reader MB",
    "server MB",
    "answers/s",
    "torn",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000", help="things, such as 1000,10000,1000000")
    parser.add_argument("--engines", default="embedded,meilisearch")
    parser.add_argument("--from", dest="source", type=Path, help="a folder with *.jsonl of real texts")
    parser.add_argument("--questions", type=int, default=60, help="of each kind")
    parser.add_argument(
        "--wagtail", type=int, default=1000, help="ask Wagtail's search up to this size; 0: not"
    )
    parser.add_argument("--seconds", type=float, default=5, help="how long readers and a writer run")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    from bench.engines import clean_up_when_ended

    clean_up_when_ended()
    with tempfile.TemporaryDirectory(prefix="kring-search-") as place:
        os.environ["KRING_DATA"] = place
        import django

        django.setup()
        latencies, others = measure_all(options, Path(place))
    from bench.table import show

    show("Search: milliseconds of an answer", LATENCIES, latencies, options.json)
    show("Search: writing, sizes, and four readers beside a writer", OTHERS, others, options.json)


def measure_all(options: Any, place: Path) -> tuple[list[list[Any]], list[list[Any]]]:
    from bench.shelves import Shelf

    shelf = Shelf(options.source)
    latencies: list[list[Any]] = []
    others: list[list[Any]] = []
    before: dict[tuple[str, str], float] = {}
    for size in map(int, options.sizes.split(",")):
        for name in options.engines.split(","):
            own = place / f"{name}-{size}"
            own.mkdir()
            rows, row = Measuring(name, size, shelf, options, own).all()
            for one in rows:
                known = before.get((name, one[2]))
                before[name, one[2]] = one[3]
                latencies.append([*one, f"{one[3] / known:.1f}" if known else ""])
            others.append(row)
        if size <= options.wagtail:
            latencies += wagtail(size, shelf, options)
    return latencies, others


def say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def spread(call: Callable[[Any], Any], asked: Iterable[Any]) -> tuple[float, float]:
    """(p50, p95) of the milliseconds of these calls."""
    taken = []
    for one in asked:
        start = time.perf_counter()
        call(one)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), sorted(taken)[max(0, round(len(taken) * 0.95) - 1)]


class Measuring:
    """One engine at one size."""

    def __init__(self, name: str, size: int, shelf: Any, options: Any, place: Path) -> None:
        self.name, self.size, self.shelf, self.options, self.place = name, size, shelf, options, place
        self.source = options.source

    def all(self) -> tuple[list[list[Any]], list[Any]]:
        from bench.beside import Beside
        from bench.engines import cleaned, on_server, server

        if self.name == "embedded":
            from search.engines.embedded import EmbeddedEngine

            engine = EmbeddedEngine(self.place / "index")
            return self._measured(engine, Beside(folder=self.place / "index", source=self.source))
        with server(self.place) as running, cleaned(running) as prefix:
            engine = on_server(running, prefix, self.place / "locks")
            beside = Beside(running, prefix, self.place / "locks", self.source)
            return self._measured(engine, beside)

    def _measured(self, engine: Any, beside: Any) -> tuple[list[list[Any]], list[Any]]:
        from bench.beside import bare, held_on_disk, visible_ms

        say(f"{self.name}: building {self.size} things")
        began = time.perf_counter()
        engine.rebuild(self.shelf.documents(self.size), lambda things: [], self._progress)
        rate = self.size / (time.perf_counter() - began)
        questions = self.shelf.questions(self.options.questions, self.size)
        plain = bare(engine)
        rows = []
        for kind, texts in questions.items():
            say(f"{self.name}: {kind}")
            ask = self._asker(engine, kind)
            ask(texts[0])
            alone, plainly = spread(ask, texts), spread(plain, texts)
            with beside.writing(self.size):
                busy = spread(ask, texts)
            ratio = alone[0] / max(plainly[0], 0.01)
            say(f"{self.name}: p50 {alone[0]:.0f}, p95 {alone[1]:.0f}, bare {plainly[0]:.1f} ms")
            rows.append([self.size, self.name, kind, *alone, plainly[0], ratio, *busy])
        say(f"{self.name}: readers and a writer")
        seen = visible_ms(engine, self.shelf, self.size)
        answered = beside.readers_and_writer(self.size, questions["one to three words"], self.options.seconds)
        sizes = held_on_disk(engine, beside)
        return rows, [self.size, self.name, rate, seen, sizes, *answered]

    def _progress(self, number: int) -> None:
        if number and number % 10_000 == 0:
            say(f"{self.name}: {number} of {self.size}")

    def _asker(self, engine: Any, kind: str) -> Callable[[str], Any]:
        from bench.shelves import reader
        from search.engines import Query

        typing = kind == "while typing"
        more: dict[str, Any] = {"while_typing": typing, "per_page": SHOWN[kind]}
        return lambda text: engine.search(Query(text, reader(), **more))


def wagtail(size: int, shelf: Any, options: Any) -> list[list[Any]]:
    """Wagtail's own search of the same things, in the database."""
    from django.core.management import call_command
    from wagtail.models import Page

    from bench.bare.models import BarePage

    say(f"Wagtail: writing {size} pages")
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    root = Page.objects.filter(depth=1).first()
    assert root
    for document in shelf.documents(size):
        if "#" not in document.key:
            root.add_child(instance=BarePage(title=document.title, body=document.body))
    call_command("wagtail_update_index", verbosity=0)
    rows = []
    for kind, texts in shelf.questions(options.questions, size).items():
        found = spread(lambda text: list(BarePage.objects.search(text, operator="or")[:20]), texts[:20])
        rows.append([size, "Wagtail", kind, *found, *([""] * 5)])
    return rows


if __name__ == "__main__":
    main()
