"""A build that is interrupted is gone on with, and nothing that happened meanwhile is lost or comes back."""

import json
import shutil
import time

import pytest

from communities.actions import leave_community
from factories.communities import make_community, make_member
from factories.people import make_guest, make_user
from kring.activity.models import Activity
from kring.indexing.outbox import waiting
from kring.people.actions.privacy import erase
from kring.people.models import User
from search.draining import drain
from search.engines import AwayError
from search.engines.embedded import writing
from search.engines.meilisearch import MeilisearchEngine
from search.engines.meilisearch.shape import settings_for
from search.rebuilding import rebuild
from support.compared import found, in_database, in_index
from support.halfway import half_of, interrupt, rename, texts_waiting
from support.meilisearch import Running, needs_program, needs_server
from support.stopping import POINTS, kill_while_building


def things_in_database():
    return sum(len(of_kind) for of_kind in in_database().values())


def unfinished(engine):
    """What there is of a build that is not in use: its mark, its index, and what is noted for it."""
    if hasattr(engine, "root"):
        half = writing._unfinished(engine.root).begun()
        names = [half.build, "unfinished"] if half else []
        return sorted(one for one in [*names, "replay"] if (engine.root / one).exists())
    names = engine.server.index_names()
    ours = [one for one in names if one.startswith(engine.names.prefix) and one != engine.names.live]
    return sorted([*ours, *(["unfinished"] if engine.writer.half.stands() else [])])


def build(engine, **more):
    """(done, total) where an interrupted build was gone on with, or nothing."""
    told = []
    rebuild(engine, goes_on=told.append, **more)
    return [(one.reached.whole, one.reached.read, one.reached.written, one.total) for one in told]


# By kill -9


# In every run those between which most is at stake; the others in the slow one.
NOW = {"in the middle of a record", "writing", "caught up", "in use"}
LATER = [pytest.param(point, marks=pytest.mark.slow) for point in POINTS if point not in NOW]


@pytest.mark.parametrize("point", [*sorted(NOW), *LATER])
def test_killed_anywhere_it_goes_on_and_has_all_that_changed_meanwhile(
    transactional, in_steps, make_engine, point
):
    engine = in_steps
    community = make_community("Suppliers", openness="private")
    make_member(community, role="lead")
    guest = make_member(community, make_guest()).user
    leaving = make_member(community, make_user("Zebedee the colleague")).user
    people = [make_user(f"Zebedee {number}") for number in range(12)]
    rebuild(engine)
    assert f"person:{leaving.pk}" in found(engine, "colleague", guest)
    waits = make_user("Florence")

    kill_while_building(make_engine, point)
    in_use = point in {"in use", "not settled"}
    assert found(engine, "florence", people[5]) == ({f"person:{waits.pk}"} if in_use else set())
    assert waiting() > 0

    # Of these the index hears before the build goes on, and the outbox says nothing more of them,
    erase(person=people[0], by=people[0])
    rename(people[1], "Dougal")
    leave_community(community=community, by=leaving)
    drain(engine)
    told = {f"person:{one.pk}" for one in (people[0], people[1], leaving)}
    assert told.isdisjoint(texts_waiting(engine))
    # and of these it doesn't.
    erase(person=people[2], by=people[2])
    User.objects.get(pk=people[3].pk).delete()
    rename(people[-1], "Ermintrude")
    make_user("Brian")

    went_on = build(engine)
    assert bool(went_on) == (point not in {"forgotten", "in use", "not settled"})
    gone = {f"person:{people[number].pk}" for number in (0, 2, 3)}
    assert gone.isdisjoint(in_index(engine)["person"])
    assert gone.isdisjoint(found(engine, "zebedee", people[5]))
    assert found(engine, "colleague", guest) == set()
    drain(engine)
    assert (in_index(engine), waiting()) == (in_database(), 0)
    assert engine.health().documents == things_in_database()
    for words in ("florence", "dougal", "ermintrude", "brian", "colleague"):
        assert len(found(engine, words, people[5])) == 1, words
    engine.tidy()
    assert unfinished(engine) == []


# What is not gone on with


def test_it_is_said_how_far_it_was(half):
    assert build(half) == [(True, 10, 6, 10)]
    interrupt(half, at=18)
    assert build(half) == [(True, 10, 8 if hasattr(half, "root") else 9, 10)]
    interrupt(half, at=5)
    assert build(half) == [(False, 6, 0, 10)]
    assert (half.health().documents, unfinished(half), build(half)) == (10, [], [])


def test_nobody_finds_what_is_not_in_use_yet(half):
    person = make_user("Florence")
    interrupt(half, at=18)
    assert (found(half, "florence", person), half.health().documents) == (set(), 10)
    build(half)
    assert found(half, "florence", person) == {f"person:{person.pk}"}


def test_anew_begins_at_the_beginning(half):
    (build_before, *_more) = unfinished(half)
    assert build(half, anew=True) == []
    assert (half.health().documents, unfinished(half)) == (10, [])
    assert not is_there(half, build_before)


@pytest.mark.parametrize(
    "what", ["form", "age", "clock", "database", "backup", "notes", "index", "mark", "documents"]
)
def test_what_no_longer_fits_is_thrown_away(half, what, monkeypatch):
    left = unfinished(half)
    spoil(half, what, monkeypatch)
    assert build(half) == []
    assert (in_index(half), unfinished(half)) == (in_database(), [])
    if what not in {"mark", "index"} or not hasattr(half, "root"):
        assert not [one for one in left if is_there(half, one)]


def spoil(engine, what, monkeypatch):
    embedded = hasattr(engine, "root")
    folder, name = half_of(engine).folder, half_of(engine).begun().build
    if what == "form":
        monkeypatch.setattr(writing, "FORM", "another")
        monkeypatch.setattr("search.engines.meilisearch.writing.settings_for", another_form)
    elif what == "age":
        monkeypatch.setattr("search.engines.unfinished.TOO_OLD_SECONDS", 0)
    elif what == "clock":
        begun = json.loads((folder / "begun").read_text())
        (folder / "begun").write_text(json.dumps(begun | {"at": time.time() + 3600}))
    elif what == "database":
        monkeypatch.setattr("search.rebuilding._database", lambda: ["sqlite", "", "", "another"])
    elif what == "backup":
        Activity.objects.all().delete()
    elif what == "mark":
        (folder / "begun").write_text("{")
    elif what == "documents":
        (folder / "documents").write_bytes(b"")
    elif embedded:
        (engine.root / "replay").unlink() if what == "notes" else shutil.rmtree(engine.root / name)
    else:
        gone = engine.names.notes if what == "notes" else name
        engine.server.wait(engine.server.delete(f"indexes/{gone}"))


def another_form(server):
    return settings_for(server) | {"searchableAttributes": ["title"]}


def is_there(engine, name):
    return (engine.root / name).exists() if hasattr(engine, "root") else engine.server.is_there(name)


def test_what_nobody_goes_on_with_is_removed(half, monkeypatch):
    left = unfinished(half)
    half.tidy()
    assert unfinished(half) == left
    monkeypatch.setattr("search.engines.unfinished.TOO_OLD_SECONDS", 0)
    half.tidy()
    assert (unfinished(half), [one for one in left if is_there(half, one)]) == ([], [])
    assert half.health().documents == 10


def test_what_fails_by_itself_is_thrown_away(half):
    with pytest.raises(ZeroDivisionError):
        rebuild(half, show=lambda done, total: 1 / 0)
    assert (unfinished(half), half.health().documents, build(half)) == ([], 10, [])


def test_what_changes_twice_and_a_kind_that_was_done_are_right(half):
    person = make_user("Florence")
    drain(half)
    interrupt(half, at=20)
    rename(person, "Dougal")
    drain(half)
    interrupt(half, at=20)
    rename(person, "Ermintrude")
    assert build(half) == [(True, 10, 10, 10)]
    assert (in_index(half), waiting()) == (in_database(), 0)
    assert found(half, "florence", person) == found(half, "dougal", person) == set()
    assert found(half, "ermintrude", person) == {f"person:{person.pk}"}


@needs_server
def test_what_another_machine_writes_is_not_missed(db, meilisearch, prefix, tmp_path, monkeypatch):
    monkeypatch.setattr("search.rebuilding.STEP", 3)
    here, there = (
        MeilisearchEngine(meilisearch.url, meilisearch.key, prefix, tmp_path / name, vocabulary_seconds=0)
        for name in ("here", "there")
    )
    people = [make_user(f"Zebedee {number}") for number in range(10)]
    rebuild(here)
    interrupt(here, at=10)
    rename(people[0], "Florence")
    drain(there)
    there.tidy()
    # Here this is known once it is looked after, which it is when the site starts and every few hours.
    here.tidy()
    assert f"person:{people[0].pk}" not in texts_waiting(here)
    assert build(here) == [(False, 10, 0, 10)]
    assert found(here, "florence", people[1]) == {f"person:{people[0].pk}"}
    # There nothing is known of how far it was, so it begins anew, and here it is not gone on with.
    interrupt(here, at=10)
    assert build(there) == []
    assert build(here) == []
    assert unfinished(here) == []


@needs_program
def test_a_server_that_was_away_is_gone_on_with(db, tmp_path, monkeypatch):
    monkeypatch.setattr("search.engines.meilisearch.writing.BATCH", 3)
    server = Running(tmp_path / "server")
    server.start()
    try:
        engine = MeilisearchEngine(server.url, server.key, "kring", tmp_path, vocabulary_seconds=0)
        for number in range(10):
            make_user(f"Zebedee {number}")
        with pytest.raises(AwayError):
            rebuild(engine, show=lambda done, _total: server.end() if done == 16 else None)
        server.start()
        assert build(engine) == [(True, 10, 6, 10)]
        assert (in_index(engine), engine.health().documents) == (in_database(), 10)
    finally:
        server.end()
