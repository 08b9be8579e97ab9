"""One suite for both engines: what asks for `make_engine` runs on each that this machine has."""

import os
import uuid

import pytest

from search.engines.embedded import EmbeddedEngine
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.server import Server
from support.meilisearch import Given, Running, available, remove_all

ENGINES = ["embedded", *(["meilisearch"] if available() else [])]


@pytest.fixture(scope="session")
def meilisearch(tmp_path_factory):
    """A server with a key that may do everything."""
    if os.environ.get("MEILISEARCH_URL"):
        yield Given()
        return
    running = Running(tmp_path_factory.mktemp("meilisearch"))
    running.start()
    yield running
    running.end()


@pytest.fixture(params=ENGINES)
def make_engine(request, tmp_path):
    """Gives an engine on this test's own index; called again, another object on the same one."""
    if request.param == "embedded":
        yield lambda: EmbeddedEngine(tmp_path / "index", vocabulary_seconds=0)
        return
    server = request.getfixturevalue("meilisearch")
    prefix = f"test{uuid.uuid4().hex[:12]}"
    yield lambda: MeilisearchEngine(server.url, server.key, prefix, tmp_path / "locks", vocabulary_seconds=0)
    remove_all(Server(server.url, server.key), prefix)
