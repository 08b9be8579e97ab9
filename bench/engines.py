"""Engines on indexes that are thrown away, for measuring: the site's own, and their peers."""

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .running import free_port

NAMES = ("embedded", "meilisearch", "meilisearch-defaults")
KEY = "a-master-key-for-benchmarks-of-kring"
START_SECONDS = 60
# A busy machine is no reason to end; how long a question took is measured elsewhere.
PATIENCE_SECONDS = 120.0


def clean_up_when_ended() -> None:
    """Whoever ends this process leaves no server and no folder behind."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(130))


@contextmanager
def made(name: str, place: Path) -> Iterator[Any]:
    """An engine on an empty index of its own, of which nothing is left afterwards."""
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        yield EmbeddedEngine(place / "index")
        return
    with server(place) as running, cleaned(running) as prefix:
        if name == "meilisearch-defaults":
            yield Defaults(running, prefix)
        else:
            yield on_server(running, prefix, place / "locks")


def on_server(running: "Running", prefix: str, locks: Path) -> Any:
    """The site's engine on a server, in any process."""
    from search.engines.meilisearch import MeilisearchEngine

    engine = MeilisearchEngine(running.url, running.key, prefix, locks)
    engine.server.search_seconds = PATIENCE_SECONDS
    return engine


@dataclass(frozen=True, slots=True)
class Running:
    """A Meilisearch server. process: 0 where somebody else looks after it. folder: of its data."""

    url: str
    key: str
    process: int = 0
    folder: Path | None = None


@contextmanager
def server(place: Path) -> Iterator[Running]:
    """The one at MEILISEARCH_URL, with MEILISEARCH_API_KEY; or else `meilisearch` from the path, on loopback
    and in a folder of its own, ended by its number."""
    if url := os.environ.get("MEILISEARCH_URL"):
        yield Running(url, os.environ.get("MEILISEARCH_API_KEY", ""))
        return
    program = shutil.which("meilisearch")
    if not program:
        sys.exit("There is no Meilisearch: set MEILISEARCH_URL, or put `meilisearch` on the path.")
    folder, port = place / "meilisearch", free_port()
    folder.mkdir(parents=True)
    words = [program, "--http-addr", f"127.0.0.1:{port}", "--master-key", KEY, "--env", "production"]
    words += ["--db-path", str(folder / "data"), "--no-analytics"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _wait_for(port, process)
        yield Running(f"http://127.0.0.1:{port}", KEY, process.pid, folder / "data")
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    from search.engines import AwayError
    from search.engines.meilisearch.server import Server

    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            Server(f"http://127.0.0.1:{port}", "").get("health", seconds=1)
        except AwayError:
            time.sleep(0.05)
        else:
            return
    sys.exit("Meilisearch did not start.")


@contextmanager
def cleaned(running: Running) -> Iterator[str]:
    """A prefix for indexes that nobody else has; they are removed afterwards."""
    from search.engines.meilisearch.server import Server

    prefix = f"bench{uuid.uuid4().hex[:12]}"
    try:
        yield prefix
    finally:
        one = Server(running.url, running.key)
        names = [name for name in one.index_names() if name.startswith(f"{prefix}-")]
        one.wait(*[one.delete(f"indexes/{name}") for name in names])


class Defaults:
    """Meilisearch as it comes: no settings but a filter for rights, plain questions, its own order."""

    def __init__(self, running: Running, prefix: str) -> None:
        from search.engines.meilisearch.server import Server

        self.server, self.index = Server(running.url, running.key), f"{prefix}-defaults"
        self.server.search_seconds = PATIENCE_SECONDS

    def rebuild(self, documents: Iterable[Any], replay: Any, progress: Any = None) -> int:
        from search.engines.meilisearch.documents import batches

        self.server.wait(self.server.post("indexes", {"uid": self.index, "primaryKey": "id"}))
        settings = {"filterableAttributes": ["acl"], "pagination": {"maxTotalHits": 10_000}}
        self.server.wait(self.server.patch(f"indexes/{self.index}/settings", settings))
        number = 0
        for rows in batches(map(_row, documents)):
            number += len(rows)
            self.server.wait(self.server.post(f"indexes/{self.index}/documents", rows))
        return number

    def ask(self, text: str, audience: Collection[str], limit: int) -> list[str]:
        """Things, the best first."""
        from search.engines.meilisearch.server import any_of

        asked = {
            "indexUid": self.index,
            "q": text,
            "limit": limit,
            "filter": any_of("acl", audience),
            "attributesToRetrieve": ["thing"],
        }
        (answer,) = self.server.search([asked])
        return [hit["thing"] for hit in answer["hits"]]

    def search(self, query: Any) -> Any:
        """Only which things; see ask()."""
        from types import SimpleNamespace

        things = self.ask(query.text, query.audience, query.per_page)
        return SimpleNamespace(hits=[SimpleNamespace(thing=one) for one in things], close=[])


def _row(document: Any) -> dict[str, Any]:
    return {
        "id": document.key.replace(":", "-"),
        "thing": document.thing,
        "title": document.title,
        "body": document.body,
        "acl": list(document.audience),
    }
