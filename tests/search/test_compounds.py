"""Dutch compounds on both engines, in sentences as colleagues write them: apart, together, and in parts."""

import pytest

from search.thesaurus import Alike, Thesaurus
from support.shelf import ask, keys, make_document

TEXTS = [
    make_document(f"lesson:{number}", title, body, language="nl")
    for number, (title, body) in enumerate(
        (
            ("Het proces rond besluiten", "Wie tekent wat, en wanneer? Het proces was nergens beschreven."),
            ("Besluitvorming in de stuurgroep", "De besluitvorming liep vast op een ontbrekend advies."),
            ("Een aanvraag voor een vergunning", "De aanvraag lag weken op een stapel."),
            ("Vergunningaanvraag voor een evenement", "Vraag de brandweer mee te kijken."),
            ("Een vergunning verlenen", "Het loket kan dit zonder ons."),
            ("Aanvragen van leerlingenvervoer", "Ouders wachten te lang op een antwoord."),
            ("Het proces in beeld", "Teken het proces met de mensen die het doen."),
            ("Parkeervergunningen verlengen", "Bewoners kregen twee brieven."),
            ("Subsidie aanvragen", "Een subsidie vraagt een plan en een begroting."),
            ("Subsidies en hun verantwoording", "Wie een subsidie krijgt, verantwoordt haar."),
            ("Verantwoording over geld", "De verantwoording kost meer dan het geld."),
            ("Besluiten van de raad", "Een besluit is pas een besluit met een datum."),
            ("Wat de balie vraagt", "Neem bij een aanvraag je paspoort mee, bij een subsidie je plan."),
            ("Digitaal loket", "Een aanvraag begint hier, en een vergunning ligt later klaar."),
            ("Raad en college", "Hoe besluitvorming verloopt, en welk proces daarbij hoort."),
            ("Jaarstukken", "In de verantwoording ontbrak een subsidie."),
        ),
        1,
    )
]


@pytest.fixture
def shelf(make_engine):
    made = make_engine()
    made.rebuild(TEXTS, lambda things: [])
    return made


def found(engine, text, **more):
    answer = ask(engine, text, **more)
    return keys(answer), [hit.key for hit in answer.close]


def test_a_compound_finds_its_parts_written_apart(shelf):
    hits, _close = found(shelf, "vergunningaanvraag ")
    assert hits[0] == "lesson:4"
    assert "lesson:3" in hits


def test_parts_find_the_compound(shelf):
    for text in (
        "aanvraag vergunning ",
        "vergunning aanvraag ",
        "vergunning aanvragen ",
        "vergunningen aanvraag ",
    ):
        hits, _close = found(shelf, text)
        assert {"lesson:3", "lesson:4"} <= set(hits), text


def test_a_compound_that_nobody_wrote_finds_texts_with_its_parts(shelf):
    hits, close = found(shelf, "besluitvormingsproces ")
    assert {"lesson:1", "lesson:7"} & {*hits, *close}
    assert {"lesson:2"} & {*hits, *close}


def test_with_a_linking_s_and_in_the_plural(shelf):
    for text in ("subsidieverantwoording ", "subsidieaanvraag ", "subsidieaanvragen "):
        hits, close = found(shelf, text)
        assert {"lesson:9", "lesson:10"} & {*hits, *close}, text


def test_a_part_finds_the_compound_below_the_word_itself(shelf):
    hits, _close = found(shelf, "vergunning ")
    assert {"lesson:3", "lesson:5", "lesson:4"} <= set(hits)
    assert hits.index("lesson:5") < hits.index("lesson:4") or hits.index("lesson:3") < hits.index("lesson:4")


def test_unfinished_and_misspelt(shelf):
    for text in ("vergunningaanvr", "vergunningaanvrag ", "vergunningsaanvraag ", "vergunning-aanvraag "):
        hits, close = found(shelf, text)
        assert "lesson:4" in [*hits, *close], text
        assert "lesson:3" in [*hits, *close] or text == "vergunningaanvr", text


def test_english_words_are_not_taken_apart(make_engine):
    engine = make_engine()
    engine.rebuild(
        [
            make_document("lesson:1", "Network down", "The network was down."),
            make_document("lesson:2", "Work", "We work a lot."),
            make_document("lesson:3", "A net", "A net with holes."),
        ],
        lambda things: [],
    )
    assert keys(ask(engine, "network ")) == ["lesson:1"]


def test_a_synonym_inside_a_compound_is_found(shelf):
    known = Thesaurus([Alike("nl", ("verlof", "vergunning"))])
    assert {"lesson:3", "lesson:4", "lesson:5"} <= set(found(shelf, "verlof ", thesaurus=known)[0])
