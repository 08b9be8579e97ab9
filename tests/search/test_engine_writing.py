"""What any engine must keep: writing, rebuilding, and what survives a kill."""

import signal

import pytest

from search.engines import RebuildRunningError
from support.shelf import AT, LIBRARY, ask, keys, make_document


def test_apply_replaces_and_removes_a_thing_with_all_its_documents(engine):
    engine.apply({"lesson:1", "lesson:2"}, [make_document("lesson:1", "Renamed")])
    assert keys(ask(engine, "suppliers")) == ["question:3"]
    assert keys(ask(engine, "renamed")) == ["lesson:1"]


def test_stamps_and_health(engine):
    assert engine.stamps("question") == {3: int(AT.timestamp())}
    engine.apply({"question:3"}, [])
    assert engine.stamps("question") == {}
    assert (engine.health().ready, engine.health().documents) == (True, len(LIBRARY) - 1)


def test_without_an_index_it_answers_nothing_and_is_not_ready(make_engine):
    engine = make_engine()
    assert engine.health().ready is False
    assert ask(engine, "anything").total == 0
    assert engine.stamps("lesson") == {}


def test_what_changes_during_a_rebuild_is_in_the_new_build(engine):
    changed = make_document("lesson:1", "Changed meanwhile")

    def documents():
        yield from LIBRARY
        engine.apply({"lesson:1"}, [changed])

    number = engine.rebuild(documents(), lambda things: [changed] if things == {"lesson:1"} else [])
    assert number == len(LIBRARY)
    assert keys(ask(engine, "changed meanwhile")) == ["lesson:1"]
    assert keys(ask(engine, "moved our suppliers in one night", kinds=("lesson",)))[:1] != ["lesson:1"]


def test_a_failed_rebuild_leaves_the_old_one(engine):
    def documents():
        yield LIBRARY[0]
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        engine.rebuild(documents(), lambda things: [])
    assert ask(engine, "suppliers").total == 3


def test_draining_is_exclusive(engine):
    with engine.exclusive() as first, engine.exclusive() as second:
        assert (first, second) == (True, False)
    with engine.exclusive() as again:
        assert again is True


def test_a_new_build_takes_the_place_of_the_old_one(engine, make_engine):
    other = make_engine()
    assert keys(ask(other, "testing a release"))[:1] == ["lesson:2"]
    assert engine.rebuild(LIBRARY[:1], lambda things: []) == 1
    assert (other.health().documents, keys(ask(other, "release "))) == (1, [])
    assert keys(ask(other, "suppliers")) == ["lesson:1"]


def test_a_second_build_at_the_same_time_is_refused(engine):
    def documents():
        with pytest.raises(RebuildRunningError):
            engine.rebuild([], lambda things: [])
        yield from LIBRARY

    assert engine.rebuild(documents(), lambda things: []) == len(LIBRARY)


def test_progress_counts_things(engine):
    told = []
    parts = [LIBRARY[0].part("one", "moved"), LIBRARY[0].part("two", "paid")]
    engine.rebuild([*LIBRARY, *parts], lambda things: [], told.append)
    assert (told[-1], told) == (len(LIBRARY), sorted(told))


WRITES = """
number = 0
while True:
    number += 1
    key, at = f"lesson:{number}", datetime.now(UTC)
    engine.apply([key], [Document(key, "lesson", f"word{number}", "", "/", ("staff",), at)])
    print(number, flush=True)
"""

BUILDS = """
def documents():
    for number in range(8_000):
        yield Document(f"lesson:{number}", "lesson", f"word{number}", "", "/", ("staff",), datetime.now(UTC))
engine.rebuild(documents(), lambda things: [], lambda done: print(done, flush=True))
"""


def kill_after(make_engine, program, lines):
    """Let another process work on the same index until it has said so much, and kill it."""
    process = make_engine.elsewhere(program)
    for _line in range(lines):
        assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_what_was_applied_survives_a_kill(make_engine):
    kill_after(make_engine, WRITES, 5)
    engine = make_engine()
    assert engine.health().documents >= 5
    assert keys(ask(engine, "word5 ")) == ["lesson:5"]
    engine.apply({"lesson:99"}, [make_document("lesson:99", "Goes on")])
    assert keys(ask(engine, "goes on")) == ["lesson:99"]


def test_a_build_that_was_killed_leaves_the_old_one_and_is_no_hindrance(engine, make_engine):
    kill_after(make_engine, BUILDS, 3)
    assert engine.health().documents == len(LIBRARY)
    assert engine.rebuild(LIBRARY[:2], lambda things: []) == 2
    assert (engine.health().documents, keys(ask(engine, "release"))) == (2, ["lesson:2"])
