"""Which words a misspelt one may have been meant as."""

import pytest

from search.vocabulary import Vocabulary

KNOWN = {
    "lager": 9,
    "later": 3,
    "specifiek": 4,
    "gebruiken": 5,
    "gebruik": 7,
    "zorg": 2,
    "gezondheidswetenschap": 2,
}


@pytest.fixture
def vocabulary():
    return Vocabulary(KNOWN, 10)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("laer", [(1, "lager"), (1, "later")]),
        ("zorgg", [(1, "zorg")]),
        ("zorb", []),
        ("supeciiek", [(2, "specifiek")]),
        ("gebxiken", [(2, "gebruiken")]),
        ("gezondheidswetenschappen", [(3, "gezondheidswetenschap")]),
        ("gebru", []),
        ("ager", []),
    ],
)
def test_slips_are_forgiven_by_how_long_the_word_is_that_was_meant(vocabulary, typed, expected):
    assert vocabulary.proposals(typed, unfinished=False) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("databasebeheerdr", ("database", "beheerder")),
        ("datwabasebneheerder", ("database", "beheerder")),
        ("dutwibusebneheurdor", ()),
    ],
)
def test_parts_of_compounds_are_mended_one_or_both(typed, expected):
    assert Vocabulary({"database": 3, "beheerder": 3}, 10).mended_parts(typed) == expected
