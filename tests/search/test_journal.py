"""Documents on their way into an index: whatever is cut off, what is whole is kept."""

import struct
from dataclasses import replace

import pytest
from django.utils.translation import gettext_lazy

from search.engines.journal import Journal
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


@pytest.mark.parametrize("end", [b"\0" * 64, struct.pack("<IIII", 2**31, 0, 5, 5), b"x" * 40])
def test_what_a_machine_left_there_when_it_failed_is_cut_off(path, end):
    whole = path.read_bytes()
    path.write_bytes(whole + end)
    assert of(Journal(path)) == ("question:9", 3, False)
    assert path.read_bytes() == whole


def test_the_end_keeps_the_words(path):
    Journal(path).end({"release": 2})
    journal = Journal(path)
    assert of(journal) == ("question:9", 3, True)
    assert (dict(journal.words), len(list(journal.read()))) == ({"release": 2}, 3)
