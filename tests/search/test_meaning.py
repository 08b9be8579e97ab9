"""What is near in meaning, told by a language model that a Meilisearch server asks. Off by default."""

import pytest
from django.test import Client

from factories.communities import make_community, make_member
from factories.people import make_user
from factories.wiki import make_lesson
from kring.cli import checking
from kring.indexing.outbox import waiting
from search.alike import close_to, directions_in_meaning
from search.draining import drain
from search.engines import AwayError, Query, current_engine
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.meaning import Meaning
from search.engines.meilisearch.server import Server
from search.similar import similar
from support.embedder import Embedder
from support.indexing import index_all
from support.meilisearch import Running, needs_program, remove_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def embedder():
    made = Embedder()
    made.start()
    yield made
    made.end()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """By itself it asks no model within the house."""
    made = Running(tmp_path_factory.mktemp("models"), "--experimental-allowed-ip-networks", "127.0.0.0/8")
    made.start()
    yield made
    made.end()


@pytest.fixture
def site(server, settings, tmp_path, embedder, root):
    """Searches on a server that asks the model; a lesson about cars, one about bread, one that is secret."""
    settings.INDEX_DIR = tmp_path / "index"
    settings.MEILISEARCH_URL, settings.MEILISEARCH_API_KEY = server.url, server.key
    settings.MEILISEARCH_PREFIX = f"test{embedder.server.server_port}"
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = embedder.url, "little-one"
    community = make_community("Works", language="en")
    made = {"private": make_community("Board", openness="private", language="en")}
    made["cars"] = make_lesson(
        community, "Where to leave the car", language="en", happened="<p>In the yard.</p>"
    )
    made["bread"] = make_lesson(community, "Bread from the bakery", language="en")
    made["secret"] = make_lesson(made["private"], "A garage for the board", language="en")
    index_all()
    yield made
    remove_all(Server(server.url, server.key), settings.MEILISEARCH_PREFIX)


def things(cards):
    return [card.hit.thing for card in cards]


@needs_program
def test_without_a_word_in_common_it_is_found_by_what_it_means(site):
    reader = make_user(language="en")
    assert things(close_to(reader, "vehicle")) == [f"lesson:{site['cars'].pk}"]
    assert things(similar(reader, "vehicle storage")) == [f"lesson:{site['cars'].pk}"]
    client = Client()
    client.force_login(reader)
    page = client.get("/search/?q=vehicle").content.decode()
    assert "About the same, in other words" in page
    assert "Where to leave the car" in page
    assert "garage" not in page
    assert close_to(reader, "zebra") == []


@needs_program
def test_meaning_is_asked_within_rights(site):
    member = make_member(site["private"], make_user()).user
    both = {f"lesson:{site[name].pk}" for name in ("cars", "secret")}
    assert set(directions_in_meaning(member, "vehicle")) == both
    assert set(directions_in_meaning(make_user(), "vehicle")) == {f"lesson:{site['cars'].pk}"}
    site["cars"].live = False
    site["cars"].save()
    assert directions_in_meaning(make_user(), "vehicle") == {}
    assert current_engine().in_meaning(Query("vehicle", frozenset()), 5) == []


@needs_program
def test_only_the_beginning_of_whole_things_leaves_the_house(site, embedder):
    texts = [text for text in embedder.asked if "leave the car" in text]
    assert texts == ["Where to leave the car\nIn the yard."]
    # Of people and communities nothing does.
    assert not any("Works" in text for text in embedder.asked)


@needs_program
def test_a_model_that_is_away_keeps_nobody_from_searching(site, embedder):
    embedder.broken = True
    reader = make_user(language="en")
    assert directions_in_meaning(reader, "vehicle") == {}
    assert things(similar(reader, "leave the car")) == [f"lesson:{site['cars'].pk}"]
    # What changes meanwhile waits for it.
    site["bread"].title = "Flour and bread"
    site["bread"].save()
    with pytest.raises(AwayError):
        drain(current_engine())
    assert waiting()
    embedder.broken = False
    drain(current_engine())
    assert (waiting(), things(similar(reader, "flour and bread"))) == (0, [f"lesson:{site['bread'].pk}"])


@needs_program
def test_check_says_what_leaves_the_house_and_when_to_build_anew(site, settings, embedder):
    said = " ".join(finding.line for finding in checking._meilisearch())
    assert f"is sent to {embedder.url}" in said
    assert "another model" not in said
    settings.EMBEDDINGS_MODEL = "larger-one"
    assert "another model" in " ".join(finding.line for finding in checking._meilisearch())


def test_without_an_address_nothing_is_asked(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    settings.EMBEDDINGS_URL = ""
    assert directions_in_meaning(make_user(), "vehicle") == {}
    assert current_engine().in_meaning(Query("vehicle", frozenset({"staff"})), 5) == []
    engine = MeilisearchEngine("http://127.0.0.1:9", "", "kring", tmp_path)
    assert engine.in_meaning(Query("vehicle", frozenset({"staff"})), 5) == []
    away = MeilisearchEngine("http://127.0.0.1:9", "", "kring", tmp_path, meaning=Meaning("http://x", "m"))
    assert away.in_meaning(Query("vehicle", frozenset({"staff"})), 5) == []
