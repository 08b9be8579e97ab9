"""One suite for both engines: what asks for `make_engine` runs on each that this machine has."""

import os
import uuid

import pytest
from django.db import connection

from factories.people import make_user
from kring.activity.actions import record
from kring.people.models import User
from search.engines.meilisearch.server import Server
from search.rebuilding import rebuild
from support.database import empty_database
from support.engines import Maker
from support.halfway import interrupt
from support.meilisearch import Given, Running, available, remove_all
from support.shelf import LIBRARY

ENGINES = ["embedded", *(["meilisearch"] if available() else [])]


@pytest.fixture(scope="session")
def meilisearch(tmp_path_factory):
    """A server, with a key that may do everything."""
    if os.environ.get("MEILISEARCH_URL"):
        yield Given()
        return
    running = Running(tmp_path_factory.mktemp("meilisearch"))
    running.start()
    yield running
    running.end()


@pytest.fixture
def prefix(meilisearch):
    """Of indexes that are this test's own."""
    made = f"test{uuid.uuid4().hex[:12]}"
    yield made
    remove_all(Server(meilisearch.url, meilisearch.key), made)


@pytest.fixture(params=ENGINES)
def make_engine(request, tmp_path):
    """Gives an engine on this test's own index; called again, another object on the same one."""
    if request.param == "embedded":
        return Maker("embedded", tmp_path / "index")
    server, prefix = (request.getfixturevalue(name) for name in ("meilisearch", "prefix"))
    return Maker("meilisearch", tmp_path / "index", (server.url, server.key, prefix))


@pytest.fixture
def site_engine(make_engine, settings):
    """Let the site search with it."""
    settings.INDEX_DIR = make_engine.folder
    if make_engine.words:
        settings.MEILISEARCH_URL, settings.MEILISEARCH_API_KEY, settings.MEILISEARCH_PREFIX = (
            make_engine.words
        )
    return make_engine


@pytest.fixture
def engine(make_engine):
    made = make_engine()
    made.rebuild(LIBRARY, lambda things: [])
    return made


@pytest.fixture
def in_steps(make_engine, monkeypatch):
    """An engine that is built three things at a time."""
    monkeypatch.setattr("search.rebuilding.STEP", 3)
    monkeypatch.setattr("search.engines.embedded.writing.COMMIT_EVERY", 3)
    monkeypatch.setattr("search.engines.embedded.writing.REPORT_EVERY", 1)
    monkeypatch.setattr("search.engines.meilisearch.writing.BATCH", 3)
    return make_engine()


@pytest.fixture
def half(db, in_steps):
    """An engine with an index, and a build that was interrupted in the middle of writing."""
    for number in range(10):
        make_user(f"Zebedee {number}")
    record(verb="joined", target=User.objects.first())
    rebuild(in_steps)
    interrupt(in_steps, at=16)
    return in_steps


@pytest.fixture
def transactional(django_db_setup, django_db_blocker):
    """Rows that other threads and processes see."""
    # The suite makes its database for tests that ask for `db`; without one of those this would be the site's.
    assert "test" in str(connection.settings_dict["NAME"]), "run these together with tests that use `db`"
    with django_db_blocker.unblock():
        empty_database()
        yield
        empty_database()
        connection.close()
