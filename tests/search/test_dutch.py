"""Forms of a Dutch word have one stem, and other words another."""

import pytest

from search.text import are_forms, stem


@pytest.mark.parametrize(
    "forms",
    [
        "voorbeeld voorbeelden",
        "probleem problemen",
        "proces processen",
        "advies adviezen",
        "maatregel maatregelen",
        "nieuw nieuwe",
        "belangrijk belangrijke",
        "groot grote",
        "actief actieve",
        "beschikbaar beschikbare beschikbaarheid",
        "mogelijkheid mogelijkheden",
        "organisatie organisaties organiseren",
        "idee ideeen",
        "foto fotos",
        "team teams",
        "lezen lees",
        "les lessen",
        "dag dagen",
        "stad steden",
        "lid leden",
        "werken werkt gewerkt",
        "vergadering vergaderingen vergaderen",
        "gemeente gemeenten gemeentes",
        "overheid overheden",
    ],
)
def test_forms_of_one_word(forms):
    assert len({stem(form, "nl") for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "others",
    [
        "les lees",
        "wet weet",
        "man maan",
        "mens mening",
        "mening gemeente",
        "overheid over",
        "open op",
        "bus buis",
    ],
)
def test_other_words(others):
    assert len({stem(other, "nl") for other in others.split()}) == len(others.split())


@pytest.mark.parametrize("word", ["2024", "v2", "a", "en", "zee", "qqq", "ee", "sss", "ss3"])
def test_what_is_too_short_or_no_word_stays(word):
    assert stem(word, "nl") == word


def test_a_vowel_too_few_is_a_slip_and_an_ending_is_none():
    codes = ("en", "nl")
    pairs = [
        ("problemen", "probleem"),
        ("portals", "portal"),
        ("notebok", "notebook"),
        ("wachtrj", "wachtrij"),
    ]
    assert [are_forms(*pair, codes) for pair in pairs] == [True, True, False, False]
