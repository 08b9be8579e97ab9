"""What a query's signs mean: quotes, a minus, codes. Both engines read the same parsed form."""

import pytest

from search.engines import Query
from search.text import take_apart
from support.shelf import make_document

LIBRARY = [
    make_document("lesson:1", "Pump AB-1234/5 leaks", "Order part AB-1234/5 again."),
    make_document("lesson:2", "Pump AB-1234/6 leaks", "5 of them broke; AB is the maker, 1234 the street."),
    make_document("lesson:3", "Upgrade to v2.3.1", "It stopped with KeyError: 'x' in the morning."),
    make_document("lesson:4", "Upgrade to v2.3.2", "Key errors of all kinds, x of them; 1 in v2."),
]


@pytest.fixture
def engine(make_engine):
    made = make_engine()
    made.rebuild(LIBRARY, lambda things: [])
    return made


def keys(engine, text, **more):
    return [hit.key for hit in engine.search(Query(text, frozenset({"staff"}), **more)).hits]


@pytest.mark.parametrize(
    ("text", "words", "phrases", "excluded", "codes"),
    [
        ("pump leaks", ("pump", "leaks"), (), (), ()),
        ('"pump leaks" now', ("pump", "leaks", "now"), (("pump", "leaks"),), (), ()),
        ("“pump leaks”", ("pump", "leaks"), (("pump", "leaks"),), (), ()),
        ("«pump leaks»", ("pump", "leaks"), (("pump", "leaks"),), (), ()),
        ("\"KeyError: 'x'\"", ("keyerror", "x"), (("keyerror", "x"),), (), ()),
        ("pump -oil", ("pump",), (), (("oil",),), ()),
        ('pump -"oil leak"', ("pump",), (), (("oil", "leak"),), ()),
        ("AB-1234/5 leaks", ("ab", "1234", "5", "leaks"), (), (), (("ab", "1234", "5"),)),
        ("to v2.3.1?", ("to", "v2", "3", "1"), (), (), (("v2", "3", "1"),)),
        ("(v2.3.1)", ("v2", "3", "1"), (), (), (("v2", "3", "1"),)),
        ("e-mail about 2.", ("e", "mail", "about", "2"), (), (), ()),
        ("pump -5 degrees", ("pump", "5", "degrees"), (), (), ()),
        ('"pump', ("pump",), (), (), ()),
        ('pump "oil" "leak', ("pump", "oil", "leak"), (("oil",),), (), ()),
        ('-"', (), (), (), ()),
        ('""', (), (), (), ()),
        ("-oil", ("oil",), (), (), ()),
    ],
)  # fmt: skip
def test_reading(text, words, phrases, excluded, codes):
    wanted = take_apart(text)
    assert (wanted.words, wanted.phrases, wanted.excluded, wanted.codes) == (words, phrases, excluded, codes)


def test_codes_are_found_as_they_are(engine):
    assert keys(engine, "AB-1234/5") == ["lesson:1"]
    assert keys(engine, "ab-1234/5 leaks") == ["lesson:1"]
    assert keys(engine, "v2.3.1") == ["lesson:3"]
    assert keys(engine, '"v2.3.2"') == ["lesson:4"]
    assert keys(engine, "v2.3.1", while_typing=True) == ["lesson:3"]


def test_a_code_that_nobody_wrote_is_read_as_words(engine):
    assert set(keys(engine, "AB-1234/7")) == {"lesson:1", "lesson:2"}
    assert keys(engine, '"AB-1234/7"') == []


def test_messages_in_quotes_are_found_as_they_are(engine):
    assert keys(engine, "\"KeyError: 'x'\"") == ["lesson:3"]
    assert keys(engine, "\"KeyError: 'y'\"") == []
    assert keys(engine, 'upgrade -"v2.3.1"') == ["lesson:4"]
