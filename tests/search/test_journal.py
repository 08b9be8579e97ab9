"""Documents on their way into an index: whatever is cut off, what is whole is kept."""

import json
import struct
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils.translation import gettext_lazy

from kring.indexing.registry import Document
from search.engines.journal import Journal, wipe
from support.engines import Maker
from support.shelf import LIBRARY, make_document

THREE = LIBRARY[:3]

STEPS = [("lesson:1", THREE[:1]), ("question:3", THREE[1:]), ("question:9", [])]


@pytest.fixture
def path(tmp_path):
    journal = Journal(tmp_path / "documents")
    for last, documents in STEPS:
        journal.add(last, documents)
    return journal.path


def of(journal):
    return journal.last, journal.documents, journal.whole


def test_what_goes_in_comes_out(tmp_path):
    strange = replace(
        make_document("lesson:4", "Half a \ud83d letter", beside="\x00"),
        audience=("c:1", 'c:2"'),
        tags=("a",),
        facts={"lines": True, "skills": [{"line": 1}]},
        stamp=7,
    )
    late = replace(make_document("lesson:5", ""), title=gettext_lazy("Lessons"))
    part = THREE[0].part("one", "A part")
    journal = Journal(tmp_path / "documents")
    journal.add("lesson:5", [*THREE, strange, part, late])
    *read, lately = Journal(journal.path).read()
    assert (read, lately.title) == ([*THREE, strange, part], "Lessons")
    assert (journal.documents, journal.things) == (len(THREE) + 3, len(THREE) + 2)
    assert list(journal.read(2)) == list(journal.read())[2:]


def test_how_many_things_some_documents_are(tmp_path):
    journal = Journal(tmp_path / "documents")
    journal.add("lesson:1", [THREE[0], THREE[0].part("one", ""), THREE[0].part("two", "")])
    journal.add("question:3", THREE[1:])
    assert [journal.things_in(number) for number in (0, 1, 3, 4, 5, 99)] == [0, 1, 1, 2, 3, 3]


def test_a_torn_end_is_cut_off_wherever_it_is_torn(path):
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        journal = Journal(path)
        assert of(journal) in [("", 0, False), ("lesson:1", 1, False), ("question:3", 3, False)]
        assert len(list(journal.read())) == journal.documents
    path.write_bytes(whole[:-1])
    journal = Journal(path)
    journal.add("question:9", [])
    assert path.read_bytes() == whole


@pytest.mark.parametrize("end", [b"\0" * 64, struct.pack("<III", 2**31, 0, 5), b"x" * 40])
def test_what_a_machine_left_there_when_it_failed_is_cut_off(path, end):
    whole = path.read_bytes()
    path.write_bytes(whole + end)
    assert of(Journal(path)) == ("question:9", 3, False)
    assert path.read_bytes() == whole


def test_the_end_says_that_this_is_all(path):
    Journal(path).end()
    journal = Journal(path)
    assert of(journal) == ("question:9", 3, True)
    assert len(list(journal.read())) == 3


# What is wiped


def gone(thing, *, part=False):
    return Document(f"{thing}#" if part else thing, "", "", "", "", (), datetime.fromtimestamp(0, UTC))


def test_of_what_is_wiped_no_text_is_left_and_number_and_order_stay(tmp_path):
    first, second = THREE[:2]
    journal = Journal(tmp_path / "documents")
    journal.add(second.thing, [first, first.part("when-it-broke", "Some of it"), second])
    length = journal.path.stat().st_size
    wipe(journal.path, [first.thing, "person:404"])
    for reader in (journal, Journal(journal.path)):
        assert list(reader.read()) == [gone(first.thing), gone(first.thing, part=True), second]
        assert (reader.documents, reader.things, reader.things_in(2)) == (3, 2, 1)
    left = journal.path.read_bytes()
    assert (len(left), b"broke" in left, b"Some of it" in left) == (length, False, False)
    assert json.dumps(first.title).encode() not in left
    wipe(journal.path, [first.thing])
    assert journal.path.read_bytes() == left


def test_what_is_read_later_than_it_was_wiped_is_not_kept_either(tmp_path):
    journal = Journal(tmp_path / "documents")
    wipe(journal.path, [THREE[0].thing])
    wipe(journal.path, [])
    Journal(journal.path).add(THREE[1].thing, THREE[:2])
    assert list(journal.read()) == [gone(THREE[0].thing), THREE[1]]


def test_a_name_that_is_not_all_there_is_nobody_s(tmp_path):
    journal = Journal(tmp_path / "documents")
    ten = make_document("lesson:10", "Ten")
    one, two = make_document("lesson:1", "One"), make_document("lesson:2", "Two")
    wipe(journal.path, [ten.thing])
    torn = journal.path.with_name("documents-wiped")
    torn.write_text(torn.read_text().rstrip()[: -len("0;")])
    wipe(journal.path, [two.thing])
    journal.add(ten.thing, [one, two, ten])
    assert list(journal.read()) == [one, gone(two.thing), ten]


def test_where_there_is_no_journal_any_more_nothing_is_wiped(tmp_path):
    wipe(tmp_path / "away" / "documents", ["lesson:1"])
    wipe(tmp_path / "documents", ["lesson:1"])
    assert not (tmp_path / "away").exists()


@pytest.mark.parametrize("done", range(4))
def test_a_process_killed_while_it_wipes_leaves_all_readable(path, done):
    """So many bytes of it were written."""
    thing = THREE[0].thing
    before = path.read_bytes()
    wipe(path, [thing])
    after = path.read_bytes()
    at = next(number for number, byte in enumerate(before) if byte != after[number])
    path.write_bytes(after[: at + done] + before[at + done :])
    kept = Journal(path)
    assert of(kept) == ("question:9", 3, False)
    assert list(kept.read()) == [gone(thing) if done else THREE[0], *THREE[1:]]
    wipe(path, [thing])
    assert path.read_bytes() == after


WIPES = """
from search.engines.journal import wipe
for number in range(0, 400, 2):
    wipe(Path(sys.argv[-1]) / "documents", [f"lesson:{number}"])
"""


def test_whoever_reads_and_adds_is_not_disturbed_by_who_wipes(tmp_path):
    journal = Journal(tmp_path / "documents")
    documents = [make_document(f"lesson:{number}", "Long " * 1000) for number in range(400)]
    journal.add("lesson:199", documents[:200])
    process = Maker("embedded", tmp_path).elsewhere(WIPES)
    for start in range(200, 400, 10):
        journal.add(f"lesson:{start + 9}", documents[start : start + 10])
        found = list(journal.read())
        assert [one.key for one in found] == [f"lesson:{number}" for number in range(start + 10)]
        assert {len(one.body) for one in found} <= {0, len(documents[0].body)}
    while process.poll() is None:
        assert len(list(journal.read())) == 400
    assert process.wait() == 0
    assert [bool(one.url) for one in journal.read()] == [False, True] * 200
