"""What only the engine on a server has: a server that is away, that refuses, and keys."""

import time
from datetime import timedelta

import pytest
from meilisearch.errors import MeilisearchApiError

from factories.people import make_user
from kring.cli import checking
from kring.indexing.outbox import waiting
from kring.indexing.registry import stamps_of
from search.background import Drainer
from search.compounds import Splitter
from search.draining import drain
from search.engines import AwayError, Query
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.checking import ACTIONS, findings
from search.engines.meilisearch.documents import key_of, made
from search.engines.meilisearch.server import Server, TaskFailedError, any_of
from search.engines.meilisearch.shape import Names, settings_for
from search.rebuilding import rebuild
from support.meilisearch import Running, free_port, needs_program, needs_server
from support.shelf import AT, ask, keys, make_document


@pytest.fixture
def engine(meilisearch, prefix, tmp_path):
    return MeilisearchEngine(meilisearch.url, meilisearch.key, prefix, tmp_path, vocabulary_seconds=0)


@pytest.fixture
def own_server(tmp_path):
    """One that may be ended."""
    running = Running(tmp_path / "server")
    running.start()
    yield running
    running.end()


def key_for(meilisearch, indexes, actions=ACTIONS):
    wanted = {"actions": list(actions), "indexes": [indexes], "expiresAt": None}
    return Server(meilisearch.url, meilisearch.key).post("keys", wanted)["key"]


def test_names_of_one_site_are_never_those_of_another():
    names = Names("kring")
    others = ["kring-test-v1", "kring2-v1", "kring-v1x", "other-v1-b1", "kring"]
    ours = ["kring-v0", "kring-v0-notes", f"{names.live}-b12"]
    assert names.left_over([*others, *ours, names.live, names.notes]) == ours


def test_ids_have_allowed_letters_only_and_are_different():
    keys = ["lesson:1", "lesson:1#a", "lesson_1", "lesson-1", "é", "e", "_c3_a9", "x" * 600, "x" * 601]
    made = [key_of(key) for key in keys]
    assert len(set(made)) == len(keys)
    assert all(len(one) <= 511 and one.replace("-", "").replace("_", "").isalnum() for one in made)


@pytest.mark.parametrize(
    ("version", "rule"),
    [
        ((1, 12, 8), "attribute"),
        ((1, 14, 0), "attribute"),
        ((1, 35, 1), "attribute"),
        ((1, 36, 0), "attributeRank"),
        ((1, 50, 0), "attributeRank"),
        ((2, 0, 0), "attributeRank"),
    ],
)
def test_settings_are_in_the_words_of_the_server(version, rule):
    assert settings_for(version)["rankingRules"] == ["words", "typo", rule, "sort", "exactness"]


def test_values_stay_values():
    assert any_of("acl", ['c:1 "x] OR a\\']) == 'acl IN ["c:1 \\"x] OR a\\\\"]'


@needs_server
def test_what_the_server_cannot_do_raises_with_its_words(engine):
    engine.rebuild([], lambda things: [])
    task = engine.writer._add(engine.names.live, [{"title": "without a key"}])
    with pytest.raises(TaskFailedError, match="missing_document_id"):
        engine.server.wait(task)


@needs_server
def test_what_others_left_is_removed_and_only_that(engine):
    left = [engine.names.build(12), f"{engine.names.prefix}-v0", f"{engine.names.prefix}-other"]
    engine.server.wait(*[engine.server.post("indexes", {"uid": name}) for name in left])
    engine.rebuild([], lambda things: [])
    ours = [name for name in engine.server.index_names() if name.startswith(engine.names.prefix)]
    assert sorted(ours) == sorted([left[2], engine.names.live])


@needs_server
def test_an_index_without_its_settings_is_not_ready_and_is_mended(engine):
    engine.server.wait(engine.server.post("indexes", {"uid": engine.names.live, "primaryKey": "id"}))
    assert (engine.health().ready, engine.search(Query("a", frozenset({"staff"}))).total) == (False, 0)
    assert engine.stamps("lesson") == {}
    engine.apply([], [])
    assert engine.health().ready


@needs_server
def test_a_key_for_the_sites_own_indexes_is_enough_and_check_has_nothing_to_say(meilisearch, engine, db):
    key = key_for(meilisearch, f"{engine.names.prefix}-*")
    engine = MeilisearchEngine(meilisearch.url, key, engine.names.prefix, engine.folder)
    person = make_user("Zebedee")
    rebuild(engine)
    person.delete()
    make_user("Florence")
    drain(engine)
    assert engine.stamps("person") == stamps_of("person")
    assert list(findings(engine)) == []


@needs_server
def test_check_says_when_a_key_may_do_too_much_or_too_little(meilisearch, engine):
    def said(key):
        return list(findings(MeilisearchEngine(meilisearch.url, key, engine.names.prefix, engine.folder)))

    ((line, must),) = said(meilisearch.key)
    assert (line.startswith("MEILISEARCH_API_KEY is the master key"), must) == (True, False)
    ((line, must),) = said(key_for(meilisearch, "*"))
    assert (line.startswith("MEILISEARCH_API_KEY may read indexes of others"), must) == (True, False)
    ((line, must),) = said(key_for(meilisearch, f"{engine.names.prefix}-*", ["search", "tasks.get"]))
    assert ("may not do documents.add, documents.delete" in line, must) == (True, True)
    ((line, must),) = said("wrong")
    assert (line.startswith("The server refuses MEILISEARCH_API_KEY"), must) == (True, True)


@needs_server
def test_check_names_the_server_the_index_and_what_it_holds(meilisearch, engine, settings, db):
    settings.MEILISEARCH_URL = meilisearch.url
    settings.MEILISEARCH_API_KEY = key_for(meilisearch, f"{engine.names.prefix}-*")
    settings.MEILISEARCH_PREFIX = engine.names.prefix
    make_user()
    rebuild(engine)
    ((line),) = [str(finding) for finding in checking._meilisearch()]
    assert line == f"note   Meilisearch at {meilisearch.url}, index {engine.names.live}: 1 things."


def test_check_says_that_no_server_answers(settings, tmp_path):
    settings.INDEX_DIR = tmp_path
    settings.MEILISEARCH_URL = f"http://127.0.0.1:{free_port()}"
    (found,) = checking._meilisearch()
    assert (found.must, "does not answer. Is MEILISEARCH_URL right?" in found.line) == (True, True)
    assert list(checking._search()) == []


@pytest.mark.django_db
def test_without_its_server_the_site_says_so_and_the_rest_works(client, settings, tmp_path, root):
    settings.INDEX_DIR = tmp_path
    settings.MEILISEARCH_URL = f"http://127.0.0.1:{free_port()}"
    person = make_user(language="en")
    client.force_login(person)
    assert client.get("/search/?q=suppliers").status_code == 503
    assert client.get("/search/suggest/?q=supp").status_code == 204
    assert client.get(person.get_absolute_url()).status_code == 200
    assert waiting() > 0


@needs_program
def test_ended_in_the_middle_it_catches_up_and_loses_nothing(own_server, db, tmp_path):
    engine = MeilisearchEngine(own_server.url, own_server.key, "kring", tmp_path, vocabulary_seconds=0)
    rebuild(engine)
    people = [make_user(f"Zebedee {number}") for number in range(30)]
    people[0].delete()
    told = []

    class Failing(MeilisearchEngine):
        """Its server fails after the second batch."""

        def apply(self, things, documents):
            super().apply(things, documents)
            told.append(len(things))
            if len(told) == 2:
                own_server.end()

    failing = Failing(own_server.url, own_server.key, "kring", tmp_path)
    with pytest.raises(AwayError):
        drain(failing, limit=5)
    assert (len(told), waiting() > 0) == (2, True)
    drainer = Drainer(engine, poll=1, longest_wait=5)
    assert [drainer._safely(drainer.turn) for _time in range(4)] == [2, 4, 5, 5]
    own_server.start()
    before = engine.server.get(f"indexes/{engine.names.live}")["createdAt"]
    assert drainer._safely(drainer.turn) == 1
    assert (waiting(), engine.stamps("person")) == (0, stamps_of("person"))
    # An outage is no reason to build anew.
    assert engine.server.get(f"indexes/{engine.names.live}")["createdAt"] == before


@needs_program
def test_a_server_that_hangs_is_not_waited_for(own_server, tmp_path):
    engine = MeilisearchEngine(own_server.url, own_server.key, "kring", tmp_path)
    engine.rebuild([], lambda things: [])
    engine.search(Query("", frozenset({"staff"})))
    own_server.pause()
    began = time.monotonic()
    with pytest.raises(AwayError, match=r"longer than 1\.5 seconds"):
        engine.search(Query("suppliers", frozenset({"staff"})))
    assert time.monotonic() - began < 30


@needs_program
def test_a_document_that_is_too_large_keeps_no_other_out(tmp_path, settings):
    server = Running(tmp_path / "server", "--http-payload-size-limit", "64KiB")
    server.start()
    try:
        engine = MeilisearchEngine(server.url, server.key, "kring", tmp_path, vocabulary_seconds=0)
        large = make_document("lesson:1", "Suppliers", "invoice " * 20_000)
        others = [make_document(f"lesson:{number}", "Suppliers") for number in range(2, 9)]
        things = {one.key for one in [large, *others]}
        engine.apply(things, [large, *others])
        assert sorted(keys(ask(engine, "suppliers"))) == sorted(one.key for one in others)
        assert (engine.health().documents, len(engine.stamps("lesson"))) == (7, 8)
        ((line, must), *_more) = _said_of_documents(engine)
        assert line.startswith(
            "Meilisearch refuses 1 things, which are not found until they change: lesson:1"
        )
        assert must is False
        engine.rebuild([large, *others], lambda things: [])
        assert (engine.health().documents, len(_said_of_documents(engine))) == (7, 1)
        engine.apply({"lesson:1"}, [make_document("lesson:1", "Suppliers", "shorter")])
        assert (ask(engine, "suppliers").total, _said_of_documents(engine)) == (8, [])
    finally:
        server.end()


def _said_of_documents(engine):
    return [one for one in findings(engine) if "refuses" in one[0]]


@needs_server
def test_a_document_that_fails_as_a_task_is_set_aside(engine):
    rows = [made(make_document(f"lesson:{number}", "Suppliers"), Splitter({}, 0)) for number in range(1, 6)]
    rows[2]["_vectors"] = "nowhere"
    engine.apply([], [])
    engine.writer._write(engine.names.live, rows)
    assert sorted(keys(ask(engine, "suppliers"))) == ["lesson:1", "lesson:2", "lesson:4", "lesson:5"]
    ((line, _must),) = _said_of_documents(engine)
    assert "lesson:3: " in line
    assert "expected a map" in line


@needs_server
def test_what_is_no_documents_fault_is_raised(engine):
    engine.apply([], [])
    with pytest.raises(TaskFailedError, match="missing_document_id"):
        engine.writer._write(engine.names.live, [{"thing": "lesson:1", "whole": True}])


@needs_server
def test_a_wrong_key_raises(meilisearch, prefix, tmp_path):
    with pytest.raises(MeilisearchApiError, match="invalid_api_key"):
        MeilisearchEngine(meilisearch.url, "wrong", prefix, tmp_path).stamps("lesson")


def _rows_written(engine):
    tasks = engine.server.get("tasks?types=documentAdditionOrUpdate&limit=1000")["results"]
    ours = [task["details"] for task in tasks if task["indexUid"] == engine.names.live]
    return sum(details["receivedDocuments"] for details in ours)


@needs_server
def test_of_a_thing_with_many_parts_only_those_that_differ_are_written(engine):
    def long_talk(*said, at=AT):
        whole = make_document("question:1", "Which index?", "\n".join(said), updated_at=at)
        return [whole, *(whole.part(f"c{number}", one) for number, one in enumerate(said))]

    said = [f"Answer number {number}" for number in range(40)]
    engine.apply({"question:1"}, long_talk(*said))
    assert _rows_written(engine) == 41
    engine.apply({"question:1"}, long_talk(*said))
    assert _rows_written(engine) == 41
    later = AT + timedelta(hours=1)
    engine.apply({"question:1"}, long_talk(*said, "The one of October", at=later))
    assert _rows_written(engine) == 43
    changed = ["Changed", *said[1:]]
    engine.apply({"question:1"}, long_talk(*changed, at=later))
    assert _rows_written(engine) == 45
    rows = {row["id"] for row in engine.server.rows(engine.names.live, ["id"])}
    assert rows == {key_of(one.key) for one in long_talk(*changed)}
    assert [hit.key for hit in ask(engine, "October").hits] == []
    assert [hit.key for hit in ask(engine, "changed").hits] == ["question:1#c0"]


@needs_server
def test_a_new_word_is_found_at_once_by_its_beginning(meilisearch, prefix, tmp_path):
    engine = MeilisearchEngine(meilisearch.url, meilisearch.key, prefix, tmp_path, vocabulary_seconds=600)
    engine.apply([], [make_document("lesson:1", "Zwaluwen")])
    assert keys(ask(engine, "zwal")) == ["lesson:1"]
    new = ["Zwaluwnest", "Ωmegatron", "2027-begroting", "Éénmalig"]
    engine.apply([], [make_document(f"lesson:{number}", title) for number, title in enumerate(new, 2)])
    for number, typed in enumerate(("zwaluwn", "ωmega", "2027", "eenma"), 2):
        assert keys(ask(engine, typed))[0] == f"lesson:{number}"
