"""What `kring check` says of a rebuild that was interrupted."""

import re
import shutil

import pytest

from factories.people import make_user
from kring.cli.checking import _half_an_index
from search.rebuilding import rebuild
from support.halfway import half_of, interrupt

SINCE = r"A rebuild of the search index has been half done since \d+ \w+ \d{4} \d\d:\d\d"
GOES_ON = r"`kring reindex` goes on with it\."
REMOVES = r"and is too old, damaged or of another version\. `kring reindex` removes it and builds anew\."


@pytest.fixture
def half(site_engine, half):
    return half


def said():
    found = list(_half_an_index())
    assert [one.must for one in found] == [False] * len(found)
    return [one.line for one in found]


def test_it_says_how_far_it_was_until_it_is_gone_on_with(half):
    (line,) = said()
    assert re.fullmatch(rf"{SINCE}: all is read, and 6 of 10 are written\. {GOES_ON}", line)
    before = (half_of(half).folder / "documents").read_bytes()
    interrupt(half, at=16)
    assert (half_of(half).folder / "documents").read_bytes() == before
    rebuild(half)
    assert said() == []


def test_it_says_how_much_is_read(half):
    rebuild(half)
    for number in range(5):
        make_user(f"Florence {number}")
    interrupt(half, at=6)
    (line,) = said()
    assert re.fullmatch(rf"{SINCE}: 6 of 15 are read\. {GOES_ON}", line)


@pytest.mark.parametrize("what", ["age", "documents"])
def test_it_says_that_nobody_can_go_on_with_it(half, monkeypatch, what):
    if what == "age":
        monkeypatch.setattr("search.engines.unfinished.TOO_OLD_SECONDS", 0)
    else:
        (half_of(half).folder / "documents").unlink()
    (line,) = said()
    assert re.fullmatch(rf"{SINCE}, {REMOVES}", line)


# Of Meilisearch, which may be away, nothing is asked.
@pytest.mark.parametrize("make_engine", ["embedded"], indirect=True)
def test_an_index_that_is_away_is_damaged(half):
    shutil.rmtree(half.root / half_of(half).begun().build)
    (line,) = said()
    assert re.fullmatch(rf"{SINCE}, {REMOVES}", line)


def test_nothing_is_said_while_somebody_builds(half):
    told = []
    rebuild(half, show=lambda _done, _total: told.append(said()))
    assert told
    assert all(one == [] for one in told)
