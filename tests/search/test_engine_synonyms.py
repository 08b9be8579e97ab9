"""Both engines: what means the same is found, counted and marked, below the words themselves."""

import pytest

from search.thesaurus import Alike, Thesaurus
from support.shelf import ask, keys, make_document

KNOWN = Thesaurus(
    [
        Alike("nl", ("WOO", "Wet open overheid")),
        Alike("nl", ("afval", "huisvuil", "vuilnis")),
        Alike("nl", ("bijstand", "uitkering"), one_way=True),
        Alike("nl", ("map", "ordner")),
        Alike("en", ("PC", "personal computer")),
    ]
)
TEXTS = [
    make_document("lesson:1", "Een WOO-verzoek binnen vier weken", "Zo deden wij het.", language="nl"),
    make_document("lesson:2", "Verzoeken", "De Wet open overheid vraagt veel.", language="nl"),
    make_document("lesson:3", "Open deuren", "Een overheid met een verzoek en een wet.", language="nl"),
    make_document("lesson:4", "Huisvuil ophalen", "Elke week een ronde.", language="nl"),
    make_document("lesson:5", "Een uitkering aanvragen", "Met een formulier.", language="nl"),
    make_document("lesson:6", "Ordner with keys", "An ordner stands in the hall.", language="en"),
    make_document("lesson:7", "Old personal computers", "They go to a school.", language="en"),
    make_document("lesson:8", "Geheim huisvuil", "huisvuil", language="nl", audience=("c:9",), community="9"),
]


@pytest.fixture
def shelf(make_engine):
    made = make_engine()
    made.rebuild(TEXTS, lambda things: [])
    return made


def look(engine, text, **more):
    return ask(engine, text, **({"thesaurus": KNOWN} | more))


def test_an_abbreviation_finds_what_it_stands_for_and_the_other_way(shelf):
    for text in ("woo", "wet open overheid", "WOO verzoek", "de wet open overheid: verzoek"):
        assert set(keys(look(shelf, text))) >= {"lesson:1", "lesson:2"}, text
    found = look(shelf, "woo")
    assert (keys(found), found.total, found.exact) == (["lesson:1", "lesson:2"], 2, True)
    assert dict(found.facets["kind"]) == {"lesson": 2}


def test_without_synonyms_it_is_not_found(shelf):
    assert keys(ask(shelf, "woo ")) == ["lesson:1"]


def test_a_phrase_must_stand_together(shelf):
    assert "lesson:3" not in keys(look(shelf, "woo"))
    assert look(shelf, "woo verzoek").total == 2


def test_a_word_that_nobody_wrote_is_found_by_another_and_is_no_misspelling(shelf):
    for text in ("vuilnis", "vuilnis ", "afval ophalen"):
        found = look(shelf, text)
        assert (keys(found), found.exact, found.corrections) == (["lesson:4"], True, []), text
    assert keys(look(shelf, "vuilnis", while_typing=True)) == ["lesson:4"]


def test_forms_are_found_too(shelf):
    assert keys(look(shelf, "pc")) == ["lesson:7"]
    assert keys(look(shelf, "uitkeringen")) == ["lesson:5"]


def test_one_way_finds_nothing_back(shelf):
    assert keys(look(shelf, "bijstand ")) == ["lesson:5"]
    shelf.apply({"lesson:9"}, [make_document("lesson:9", "Bijstand", language="nl")])
    assert keys(look(shelf, "uitkering ")) == ["lesson:5"]
    assert keys(look(shelf, "bijstand ")) == ["lesson:9", "lesson:5"]


def test_only_texts_of_the_language_mean_the_same(shelf):
    assert keys(look(shelf, "map ")) == []
    shelf.apply({"lesson:9"}, [make_document("lesson:9", "De ordner", language="")])
    assert keys(look(shelf, "map ")) == ["lesson:9"]


def test_quoted_words_are_left_as_they_are(shelf):
    assert keys(look(shelf, '"woo"')) == ["lesson:1"]
    assert keys(look(shelf, '"afval"')) == []


def test_what_means_the_same_stands_below_the_word_itself(shelf):
    shelf.apply(
        {"lesson:9"}, [make_document("lesson:9", "Afval ophalen", "Elke week een ronde.", language="nl")]
    )
    assert keys(look(shelf, "afval")) == ["lesson:9", "lesson:4"]
    assert keys(look(shelf, "huisvuil")) == ["lesson:4", "lesson:9"]


def test_it_is_marked_and_a_phrase_only_where_it_stands_together(shelf):
    hits = {hit.key: hit for hit in look(shelf, "woo wet").hits}
    assert hits["lesson:2"].snippet == (
        "De <mark>Wet</mark> <mark>open</mark> <mark>overheid</mark> vraagt veel."
    )
    (hit,) = look(shelf, "afval").hits
    assert hit.title == "<mark>Huisvuil</mark> ophalen"
    assert look(shelf, "woo").mark("Open. Wet, overheid: de wet open overheid!") == (
        "Open. Wet, overheid: de <mark>wet</mark> <mark>open</mark> <mark>overheid</mark>!"
    )


def test_a_part_is_found_by_what_means_the_same(shelf):
    whole = make_document(
        "article:1", "Handboek", "Verlof\nVraag je lead\nAfval\nWet open overheid", language="nl"
    )
    parts = [
        make_document("article:1#a", "Verlof", "Vraag je lead", url="/h/#a", language="nl"),
        make_document("article:1#b", "Kluis", "Over de Wet open overheid", url="/h/#b", language="nl"),
        make_document("article:1#c", "Straat", "Een zak huisvuil", url="/h/#c", language="nl"),
    ]
    shelf.apply({"article:1"}, [whole, *parts])
    assert "/h/#b" in {hit.url for hit in look(shelf, "woo").hits}
    assert "/h/#c" in {hit.url for hit in look(shelf, "afval").hits}


def test_nothing_beyond_the_readers_audience_is_found_or_counted(shelf):
    found = look(shelf, "afval")
    assert (keys(found), found.total) == (["lesson:4"], 1)
    assert "9" not in dict(found.facets["community"])
    assert set(keys(look(shelf, "afval", audience=("staff", "c:9")))) == {"lesson:4", "lesson:8"}


def test_very_many_things_with_a_phrase(shelf):
    many = [
        make_document(f"lesson:{n}", "Wet open overheid", f"nummer {n}", language="nl")
        for n in range(100, 640)
    ]
    shelf.apply({one.thing for one in many}, many)
    assert look(shelf, "woo").total >= 542


# Misspelt

RATED = Thesaurus(
    [
        Alike("nl", ("tevredenheidsonderzoek", "klantmeting")),
        Alike("nl", ("WOO", "Wet open overheid")),
        Alike("nl", ("huisvuil", "restafval")),
    ]
)


@pytest.mark.parametrize("text", ["tevredenheidsonderzok", "tevredenheidsonderzok ", "tevredenhiedsonderzok"])
def test_a_slip_in_a_word_of_a_row_is_widened_and_said(shelf, text):
    measured = make_document("lesson:9", "Een klantmeting in mei", language="nl")
    shelf.apply({"lesson:9"}, [measured])
    found = look(shelf, text, thesaurus=RATED)
    assert (keys(found), found.total, found.exact) == (["lesson:9"], 1, True)
    assert found.corrections == [(text.strip(), "tevredenheidsonderzoek")]
    assert found.hits[0].title == "Een <mark>klantmeting</mark> in mei"
    assert keys(ask(shelf, text)) == []


def test_the_word_that_was_meant_stands_above_what_means_the_same(shelf):
    ones = [
        make_document("lesson:9", "Een klantmeting in mei", language="nl"),
        make_document("lesson:10", "Een tevredenheidsonderzoek in mei", language="nl"),
    ]
    shelf.apply({one.thing for one in ones}, ones)
    found = look(shelf, "tevredenheidsonderzok", thesaurus=RATED)
    assert (keys(found), found.total) == (["lesson:10", "lesson:9"], 2)
    assert found.corrections == [("tevredenheidsonderzok", "tevredenheidsonderzoek")]
    assert "<mark>" in found.hits[0].title


def test_a_slip_within_a_phrase(shelf):
    found = look(shelf, "wet open overhied verzoek", thesaurus=RATED)
    assert set(keys(found)) >= {"lesson:1", "lesson:2"}
    assert found.corrections == [("overhied", "overheid")]


def test_a_word_that_the_reader_may_read_is_no_slip(shelf):
    shelf.apply({"lesson:9"}, [make_document("lesson:9", "Huisvuul in Drenthe", "huisvuul", language="nl")])
    shelf.apply({"lesson:10"}, [make_document("lesson:10", "Restafval ophalen", language="nl")])
    found = look(shelf, "huisvuul ", thesaurus=RATED)
    assert (found.corrections, "lesson:10" in keys(found)) == ([], False)


def test_what_only_others_may_read_makes_no_word_known_and_no_correction(shelf):
    """Rows are read by everybody; what stands in texts beyond the reader's changes nothing."""
    ones = [
        make_document("lesson:9", "Huisvuul", "huisvuul", language="nl", audience=("c:9",)),
        make_document("lesson:10", "Restafval ophalen", language="nl"),
    ]
    before = make_document("lesson:9", "Iets anders", language="nl", audience=("c:9",))
    answers = []
    for hidden in (before, ones[0]):
        shelf.apply({"lesson:9", "lesson:10"}, [hidden, ones[1]])
        found = look(shelf, "huisvuul ", thesaurus=RATED)
        answers.append((keys(found), found.total, found.corrections))
    assert answers[0] == answers[1]
    assert answers[0][2] == [("huisvuul", "huisvuil")]
    assert "lesson:10" in answers[0][0]


def test_quoted_slips_and_searches_as_typed_stay_as_they_are(shelf):
    shelf.apply({"lesson:9"}, [make_document("lesson:9", "Een klantmeting", language="nl")])
    assert keys(look(shelf, '"tevredenheidsonderzok"', thesaurus=RATED)) == []
    assert keys(look(shelf, "tevredenheidsonderzok-2.1", thesaurus=RATED)) == []
