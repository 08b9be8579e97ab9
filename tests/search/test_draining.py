"""From the outbox to the index: in order, once and for all, whatever fails or dies in between."""

import signal
import time
from dataclasses import replace

import pytest

from communities.actions import edit_community, join_community, leave_community
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_admin, make_guest, make_user
from factories.wiki import make_lesson
from kring.indexing import registry
from kring.indexing.models import IndexChange
from kring.indexing.outbox import waiting
from kring.indexing.registry import record_change, stamps_of
from kring.people.models import User
from search.background import Drainer
from search.draining import drain, reconcile
from search.engines.embedded import EmbeddedEngine
from search.rebuilding import rebuild
from support.compared import found, in_database, in_index


@pytest.fixture
def engine(make_engine):
    return make_engine()


@pytest.fixture
def embedded(tmp_path):
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture
def built(db, engine):
    rebuild(engine)
    return engine


def test_what_is_made_changed_and_deleted_reaches_the_index(built, root):
    reader = make_user()
    lesson = make_lesson(make_community(), "Zebra crossing")
    drain(built)
    assert found(built, "zebra", reader) == {f"lesson:{lesson.pk}"}
    lesson.title = "Giraffe"
    lesson.save()
    drain(built)
    assert (found(built, "zebra", reader), len(found(built, "giraffe", reader))) == (set(), 1)
    lesson.delete()
    drain(built)
    assert found(built, "giraffe", reader) == set()
    assert (waiting(), in_index(built)) == (0, in_database())


def test_a_thing_that_changed_often_is_written_once(built):
    person = make_user()
    for _number in range(5):
        record_change("person", person.pk)
    assert (drain(built), drain(built), waiting()) == (1, 0, 0)


def test_more_than_a_batch_is_drained(built):
    for _number in range(5):
        make_user()
    drain(built, limit=2)
    assert waiting() == 0
    assert built.stamps("person") == stamps_of("person")


def test_changes_of_kinds_that_are_no_more_are_forgotten(built):
    record_change("gone", 7)
    assert (drain(built), waiting()) == (1, 0)


def test_rows_stay_when_the_index_cannot_be_written(db, embedded):
    embedded.root.write_text("a file, where a folder should be")
    make_user()
    with pytest.raises(OSError):
        drain(embedded)
    assert waiting() > 0


def test_one_broken_thing_keeps_nothing_else_out(built, caplog):
    person, other = make_user(), make_user()
    whole = registry.searchables()["person"]

    def documents(ids):
        for pk in ids:
            if pk == person.pk:
                raise ValueError("broken")
            yield from whole.documents([pk])

    registry.register(replace(whole, documents=documents))
    try:
        drain(built)
    finally:
        registry.register(whole)
    assert (waiting(), set(built.stamps("person"))) == (0, {other.pk})
    assert reconcile(built) == 1
    registry.register(replace(whole, documents=lambda ids: 1 / 0))
    try:
        drain(built)
    finally:
        registry.register(whole)
    # What the index has of a thing that cannot be read stays there.
    assert set(built.stamps("person")) == {other.pk}
    record_change("person", person.pk)
    drain(built)
    assert built.stamps("person") == stamps_of("person")


def test_when_everything_is_broken_rows_and_index_stay(built):
    for _number in range(6):
        make_user()
    drain(built)
    before = built.stamps("person")
    IndexChange.objects.all().delete()
    record_change("person", *before)
    whole = registry.searchables()["person"]
    registry.register(replace(whole, documents=lambda ids: 1 / 0))
    try:
        for step in (drain, rebuild):
            with pytest.raises(ZeroDivisionError):
                step(built)
    finally:
        registry.register(whole)
    assert (waiting(), built.stamps("person")) == (6, before)


def test_what_changed_behind_its_back_is_noticed(built, root):
    lesson = make_lesson(make_community(), "Zebra")
    question = make_discussion(title="Giraffe?")
    person = make_user()
    drain(built)
    type(lesson).objects.filter(pk=lesson.pk).update(title="Lion")
    type(question).objects.filter(pk=question.pk).delete()
    IndexChange.objects.all().delete()
    unseen = make_user()
    IndexChange.objects.all().delete()
    assert reconcile(built) == 3
    drain(built)
    assert (in_index(built), reconcile(built)) == (in_database(), 0)
    assert found(built, "lion", person) == {f"lesson:{lesson.pk}"}
    assert unseen.pk in built.stamps("person")


def test_rights_act_at_once_and_reindex_nothing_that_was_written(built, root):
    community = make_community(openness="private")
    make_member(community, role="lead")
    lesson = make_lesson(community, "Zebra")
    staff, guest, admin = make_user(), make_guest(), make_admin()
    drain(built)
    thing = f"lesson:{lesson.pk}"

    def seen_by(user):
        return thing in found(built, "zebra", user)

    assert [seen_by(one) for one in (staff, guest, admin)] == [False, False, True]
    edit_community(community=community, by=admin, openness="open")
    assert [seen_by(one) for one in (staff, guest, admin)] == [True, False, True]
    join_community(community=community, by=staff)
    make_member(community, guest)
    edit_community(community=community, by=admin, openness="private")
    assert [seen_by(one) for one in (staff, guest)] == [True, True]
    leave_community(community=community, by=staff)
    assert [seen_by(one) for one in (staff, guest)] == [False, True]
    assert not IndexChange.objects.filter(kind="lesson").exists()


# The thread


def test_without_an_index_one_is_built(db, engine):
    person = make_user()
    Drainer(engine).turn()
    assert (engine.health().ready, waiting(), set(engine.stamps("person"))) == (True, 0, {person.pk})


def test_only_one_drains_at_a_time(built):
    make_user()
    with built.exclusive() as mine:
        assert mine
        Drainer(built).turn()
        assert waiting() > 0
    Drainer(built).turn()
    assert waiting() == 0


def test_a_broken_folder_is_tried_again_ever_later_and_then_healed(db, embedded):
    drainer = Drainer(embedded, poll=1, longest_wait=5)
    embedded.root.write_text("a file, where a folder should be")
    make_user()
    assert [drainer._safely(drainer.turn) for _time in range(4)] == [2, 4, 5, 5]
    embedded.root.unlink()
    assert drainer._safely(drainer.turn) == 1
    assert (waiting(), embedded.health().ready) == (0, True)


def test_a_damaged_index_is_built_anew(db, embedded):
    rebuild(embedded)
    (meta,) = embedded.root.glob("v*/meta.json")
    meta.write_text("{}")
    make_user()
    drainer = Drainer(embedded, poll=0)
    for _time in range(5):
        drainer._safely(drainer.turn)
    assert (waiting(), embedded.stamps("person")) == (0, stamps_of("person"))


def test_an_index_that_is_mostly_deleted_documents_is_built_anew(transactional, embedded):
    people = [make_user() for _number in range(20)]
    rebuild(embedded)
    for person in people[:15]:
        person.delete()
    drainer = Drainer(embedded, least_wasted=5)
    drainer._look_at = time.monotonic() + 1000
    drainer.turn()
    assert embedded.health().wasted > 0.3
    drainer._look()
    drainer._building.join()
    assert (embedded.health().wasted, embedded.stamps("person")) == (0, stamps_of("person"))


def wait_until(true, seconds=60):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)


def test_a_commit_wakes_the_thread(transactional, engine):
    # So seldom does it look by itself that only a wake-up can do it.
    drainer = Drainer(engine, poll=3600)
    drainer.start()
    try:
        wait_until(lambda: engine.health().ready and not waiting())
        person = make_user("Zebedee")
        wait_until(lambda: found(engine, "zebedee", person))
        person.delete()
        wait_until(lambda: not engine.stamps("person"))
    finally:
        assert drainer.stop()


DRAINS = """
from search import draining
class Telling(type(engine)):
    def apply(self, things, documents):
        super().apply(things, documents)
        print(len(things), flush=True)
engine.__class__ = Telling
with engine.exclusive() as mine:
    if mine:
        draining.drain(engine, limit=3)
"""


def test_killed_in_between_nothing_is_lost_and_nothing_twice(transactional, engine, make_engine):
    rebuild(engine)
    people = [make_user(f"Zebedee {number}") for number in range(40)]
    for person in people[:5]:
        person.delete()
    process = make_engine.elsewhere(DRAINS)
    # It says so after writing the index and before forgetting the rows.
    for _batch in range(3):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert waiting() > 0
    assert set(engine.stamps("person")) <= set(stamps_of("person"))
    with engine.exclusive() as mine:
        assert mine, "a dead process must not hold the lock"
        drain(engine)
    assert (waiting(), engine.stamps("person")) == (0, stamps_of("person"))
    assert engine.health().documents == User.objects.count() == 35


def test_two_processes_drain_one_outbox(transactional, engine, make_engine):
    rebuild(engine)
    for number in range(20):
        make_user(f"Zebedee {number}")
    process = make_engine.elsewhere(DRAINS)
    while process.poll() is None:
        Drainer(engine).turn()
    assert process.returncode == 0
    assert (waiting(), engine.stamps("person")) == (0, stamps_of("person"))
    assert engine.health().documents == 20
