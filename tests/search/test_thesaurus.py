"""What is looked for beside a query: both ways, one way, phrases, languages, and what is left as it is."""

import pytest

from search.text import take_apart
from search.thesaurus import NO_THESAURUS, Alike, Thesaurus, names_of, read_as, widened

KNOWN = Thesaurus(
    [
        Alike("nl", ("WOO", "Wet open overheid", "Wob")),
        Alike("nl", ("vergunning", "toestemming")),
        Alike("nl", ("bijstand", "Participatiewet"), one_way=True),
        Alike("en", ("map", "chart")),
        Alike("nl", ("map", "folder")),
        Alike("nl", ("open overheid", "transparantie")),
    ]
)


def found(text, languages=("en", "nl")):
    wanted = take_apart(text)
    return [
        (" ".join(wanted.words[one.first : one.first + one.length]), one.shown, one.language)
        for one in KNOWN.beside(wanted, languages)
    ]


def test_a_word_finds_all_others_of_its_row():
    assert found("woo verzoek") == [("woo", "Wet open overheid", "nl"), ("woo", "Wob", "nl")]


def test_a_phrase_is_read_as_a_whole_and_the_longest_counts():
    assert found("de Wet Open Overheid in het kort") == [
        ("wet open overheid", "WOO", "nl"),
        ("wet open overheid", "Wob", "nl"),
    ]
    assert found("open overheid") == [("open overheid", "transparantie", "nl")]
    assert found("overheid open") == []


def test_forms_of_a_word_count_as_the_word_and_short_words_as_they_are():
    assert found("vergunningen") == [("vergunningen", "toestemming", "nl")]
    assert found("woos") == []


def test_one_way_is_one_way():
    assert found("bijstand") == [("bijstand", "Participatiewet", "nl")]
    assert found("participatiewet") == []


def test_each_language_has_its_own():
    assert found("map") == [("map", "chart", "en"), ("map", "folder", "nl")]
    assert found("map", ("nl",)) == [("map", "folder", "nl")]


@pytest.mark.parametrize(
    "text", ['"woo" map-3.1', '"de woo"', "-woo verzoek", "map-3.1", '"wet open overheid"', ""]
)
def test_quoted_and_excluded_words_and_codes_stay_as_they_are(text):
    assert found(text) == []


def test_said_once_is_said():
    assert found("woo of woo") == found("woo")
    assert NO_THESAURUS.beside(take_apart("woo")) == []


def test_what_was_typed_itself_was_not_looked_for_besides():
    wanted = take_apart("woo wob")
    assert names_of(KNOWN.beside(wanted), wanted) == ["Wet open overheid"]


def test_very_many_are_cut():
    many = Thesaurus([Alike("nl", tuple(f"woord{number}" for number in range(40)))])
    assert len(many.beside(take_apart("woord1"))) == 12
    assert len(many.beside(take_apart("woord1 woord2 woord3"))) == 24


class Reading:
    """Somebody who may read these words, and asks in both languages."""

    codes = ["en", "nl"]

    def __init__(self, *known, completes=(), nearest=None):
        self.known, self.begun, self.near = known, completes, nearest

    def knows(self, word):
        return word in self.known

    def completes(self, word):
        return word in self.begun

    def nearest(self, word):
        return self.near


def mended(text, reader=None):
    found = widened(KNOWN, take_apart(text), reader or Reading())
    return [(" ".join(one.read), one.shown) for one in found]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("vergunnimg", "vergunning"),
        ("vergnunig", "vergunning"),
        ("vergunnignen", ""),
        ("toestming", "toestemming"),
        ("bijstant", "bijstand"),
        ("bystant", ""),
        ("maap", ""),
        ("particpatiewet", ""),
    ],
)
def test_a_slip_is_forgiven_by_how_long_the_word_is(typed, read):
    assert [one for one, _shown in mended(typed)] == ([read] if read else [])


def test_words_inside_phrases_have_slips_too_and_the_phrase_must_be_whole():
    assert mended("de wet open overhied") == [("wet open overheid", "WOO"), ("wet open overheid", "Wob")]
    assert mended("wet open overhied in overhied")[-1] == ("wet open overheid", "Wob")
    assert mended("overhied") == []


def test_what_the_reader_knows_is_no_slip():
    assert mended("bijstant", Reading("bijstant")) == []
    assert mended("bijstan", Reading(completes=["bijstan"])) == []


def test_the_nearest_counts_wherever_it_stands():
    assert mended("vergnunig", Reading(nearest=(1, "vergnuging"))) == []
    assert mended("vergnunig", Reading(nearest=(2, "vergnuging"))) == [("vergunning", "toestemming")]
    assert mended("vergunnignen", Reading(nearest=(1, "vergunningen"))) == [("vergunningen", "toestemming")]


@pytest.mark.parametrize("text", ['"bijstant"', "-bijstant map", "bijstant-3.1", "12345"])
def test_quoted_and_excluded_words_and_codes_are_never_read_otherwise(text):
    assert [one for one in mended(text) if "bijstand" in one] == []


def test_without_rows_the_reader_is_asked_nothing():
    assert widened(NO_THESAURUS, take_apart("bijstant"), None) == []


def test_what_was_read_otherwise_is_named_by_that():
    wanted = read_as(take_apart("bijstant of map"), [("bijstant", "bijstand")])
    assert (wanted.words, names_of(KNOWN.beside(wanted), wanted)[0]) == (
        ("bijstand", "of", "map"),
        "Participatiewet",
    )
