"""What bench.search measures beside answers: bare engines, sizes, and other processes on the same index."""

import contextlib
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

READERS = 4
PAUSE_SECONDS = 0.05
AT_ONCE = 5
TWINS = ("lesson:900000001", "lesson:900000002")
TWIN_WORD = "twinkelster"
TIMES_VISIBLE = 7


@dataclass(frozen=True)
class Beside:
    """How other processes open the index."""

    running: Any = None
    prefix: str = ""
    folder: Path = Path()
    source: Path | None = None

    def engine(self) -> Any:
        from bench.engines import on_server

        if self.running:
            return on_server(self.running, self.prefix, self.folder)
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(self.folder)

    @contextmanager
    def writing(self, size: int) -> Iterator[None]:
        """Meanwhile another process replaces things."""
        with _processes([(_replace, (self, size))]):
            yield

    def readers_and_writer(self, size: int, texts: list[str], seconds: float) -> list[Any]:
        """Memory of a reader and of the server, answers in a second, and torn ones among them."""
        found: Any = multiprocessing.get_context("spawn").Queue()
        readers = [(_read, (self, texts, seconds, found)) for _ in range(READERS)]
        with _processes([(_write_twins, (self,)), *readers]):
            told = [found.get(timeout=seconds + 300) for _ in readers]
            server = _memory(self.running.process) if self.running and self.running.process else 0.0
        memory = max(one[0] for one in told)
        return [memory, server, sum(one[1] for one in told) / seconds, sum(one[2] for one in told)]


@contextmanager
def _processes(work: list[tuple[Callable[..., None], tuple[Any, ...]]]) -> Iterator[None]:
    context = multiprocessing.get_context("spawn")
    made = [context.Process(target=_set_up, args=(target, words)) for target, words in work]
    for one in made:
        one.start()
    try:
        yield
    finally:
        for one in made:
            one.terminate()
            one.join()


def _set_up(target: Callable[..., None], words: tuple[Any, ...]) -> None:
    import django

    django.setup()
    target(*words)


def _replace(beside: Beside, size: int) -> None:
    from bench.shelves import Shelf

    engine, shelf, number = beside.engine(), Shelf(beside.source), 0
    while True:
        documents = [shelf.document((number + one) % size + 1) for one in range(AT_ONCE)]
        engine.apply({document.thing for document in documents}, documents)
        number += AT_ONCE
        time.sleep(PAUSE_SECONDS)


def _twins(number: int) -> list[Any]:
    """Two things that change together."""
    from bench.shelves import NOW
    from kring.indexing.registry import Document

    return [
        Document(
            key=key,
            kind="lesson",
            title=f"{TWIN_WORD} {key[-1]}",
            body=f"state {number}",
            url="/",
            audience=("staff",),
            updated_at=NOW,
            facts={"number": number},
        )
        for key in TWINS
    ]


def _write_twins(beside: Beside) -> None:
    engine, number = beside.engine(), 0
    while True:
        engine.apply(set(TWINS), _twins(number))
        number += 1
        time.sleep(PAUSE_SECONDS)


def _read(beside: Beside, texts: list[str], seconds: float, found: Any) -> None:
    """Ask for a while; tells (memory, answers, torn ones)."""
    from bench.shelves import reader
    from search.engines import Query

    engine = beside.engine()
    while engine.search(Query(TWIN_WORD, reader(), while_typing=True)).total != len(TWINS):
        time.sleep(0.05)
    until, answers, torn = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        twins = engine.search(Query(TWIN_WORD, reader(), facets=()))
        numbers = {hit.facts.get("number") for hit in twins.hits}
        torn += twins.total != len(TWINS) or len(twins.hits) != len(TWINS) or len(numbers) != 1
        engine.search(Query(texts[answers % len(texts)], reader()))
        answers += 2
    found.put((_memory(os.getpid()), answers, torn))


def _memory(process: int) -> float:
    """Megabytes that a process holds now."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def visible_ms(engine: Any, shelf: Any, size: int) -> float:
    """Median from a change until it is found."""
    from bench.shelves import reader
    from search.engines import Query

    taken = []
    for number in range(TIMES_VISIBLE):
        word = f"zichtbaar{'abcdefghij'[number]}x"
        document = shelf.document(size + 1 + number, text=word)
        changed = replace(document, audience=("staff",))
        began = time.perf_counter()
        engine.apply({changed.thing}, [changed])
        while not engine.search(Query(word, reader(), while_typing=True)).exact:
            time.sleep(0.002)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def bare(engine: Any) -> Callable[[str], Any]:
    """Asks the engine below for the same words, with nothing of ours."""
    from search.text import words

    if hasattr(engine, "reader"):
        from tantivy import Occur
        from tantivy import Query as Clause

        from search.engines.embedded.schema import FIELDS, SCHEMA

        searcher = engine.reader.view().searcher

        def ask(text: str) -> Any:
            clauses = [Clause.term_query(SCHEMA, name, word) for word in words(text) for name in FIELDS]
            return searcher.search(Clause.boolean_query([(Occur.Should, one) for one in clauses]), 20, True)

        return ask
    asked = {"limit": 20, "attributesToRetrieve": ["id", "title"]}
    index = engine.names.live
    return lambda text: engine.server.search([{"indexUid": index, "q": text, **asked}])


def held_on_disk(engine: Any, beside: Beside) -> float:
    """Megabytes of the index."""
    if beside.running is None:
        folder = beside.folder
    elif beside.running.folder:
        folder = beside.running.folder
    else:
        return (
            float(engine.server.get(f"indexes/{engine.names.live}/stats").get("rawDocumentDbSize", 0)) / 1e6
        )
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_blocks * 512
    return total / 1e6
