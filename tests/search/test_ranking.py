"""The one ranker: what fits best stands first, boosts are mild, and every score can be explained."""

from datetime import UTC, datetime, timedelta

import pytest

from search.boosting import Reader, boosts
from search.question import PART, SYNONYM, Question, Term, completed, forms_of, rarity
from search.ranking import COVERAGE, SAME_BEGINNING, SAME_TITLE, Candidate, explain, rank, stems_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def candidate(key, title="", body="", language="en", **more):
    return Candidate(
        key, stems_of(title, language), stems_of(body, language), language, exact=title.lower(), **more
    )


def question(text, *, seen=2, documents=100, average=10.0, more=(), **fields):
    words = text.split()
    terms = [Term(number, forms_of(word), seen=seen) for number, word in enumerate(words)]
    return Question(words, [*terms, *more], documents, average, **fields)


def order(candidates, asked, *reader):
    return [one.candidate.key for one in rank(candidates, asked, *reader)]


def test_bm25_over_title_and_body_as_one_text():
    one = candidate("a", "", "pump pump oil " + "x " * 7)
    parts = explain(one, question("pumps", seen=2, documents=100, average=10))
    expected = rarity(2, 100) * 2 * 2.6 / (2 + 1.6)
    assert parts == pytest.approx({"words": expected, "coverage": COVERAGE})
    title = candidate("b", "pump", "pumps")
    assert explain(title, question("pump"))["words"] == pytest.approx(
        rarity(2, 100) * 2 * 2.6 / (2 + 1.6 * (0.25 + 0.75 * 2 / 10))
    )


def test_more_of_the_words_beats_more_of_one_word():
    found = [
        candidate("one", "", "valve valve valve valve " + "x " * 20),
        candidate("both", "", "valve leak " + "x " * 22),
    ]
    assert order(found, question("valve leak")) == ["both", "one"]


def test_a_rare_word_counts_for_more():
    asked = Question(
        ["valve", "zirconium"],
        [Term(0, forms_of("valve"), seen=60), Term(1, forms_of("zirconium"), seen=1)],
        100,
        4,
    )
    assert order([candidate("a", "", "valve"), candidate("b", "", "zirconium")], asked) == ["b", "a"]


def test_the_same_title_then_the_same_beginning():
    found = [
        candidate("begins", "testing a release twice"),
        candidate("same", "testing a release"),
        candidate("other", "release notes", "testing a release " * 9),
    ]
    asked = question("testing a release")
    assert order(found, asked) == ["same", "begins", "other"]
    assert explain(found[1], asked)["same title"] == SAME_TITLE
    assert explain(found[0], asked)["title begins like it"] == SAME_BEGINNING
    assert "same title" not in explain(found[0], asked)


def test_words_that_follow_one_another():
    together = candidate("together", "", "x supplier list x y")
    apart = candidate("apart", "", "list x supplier x y")
    assert order([apart, together], question("supplier list")) == ["together", "apart"]
    assert "phrase" not in explain(apart, question("supplier list"))


def test_readings_compete_and_weigh_less_than_the_word_itself():
    correction = Term(0, forms_of("suppliers"), weight=0.8, seen=2)
    asked = question("supplies", more=[correction])
    one, other = candidate("typed", "", "supplies"), candidate("corrected", "", "supplier")
    assert order([other, one], asked) == ["typed", "corrected"]
    both = explain(candidate("both", "", "supplies supplier"), asked)
    assert both["words"] < 2 * explain(one, asked)["words"]


def test_synonyms_of_several_words_must_stand_together():
    asked = question("pc", more=[Term(0, forms_of("personal computers"), SYNONYM, seen=2)])
    assert explain(candidate("a", "", "a personal computer"), asked)["coverage"] == COVERAGE * SYNONYM
    assert explain(candidate("b", "", "a computer, personal"), asked) == {}


def test_parts_of_compounds_count_half():
    part = Term(0, forms_of("aanvraag"), PART, seen=2, adds=True)
    asked = question("vergunningaanvraag", more=[part])
    apart = candidate("apart", "", "de aanvraag ligt er", language="nl")
    assert explain(apart, asked)["word parts"] > 0
    inside = candidate(
        "inside", "", "vergunningaanvraag", language="nl", parts=stems_of("vergunning aanvraag", "nl")
    )
    outside = candidate("outside", "", "aanvraag", language="nl")
    assert order([inside, outside], question("aanvraag")) == ["outside", "inside"]


def test_a_text_is_read_in_its_own_language_and_an_unknown_one_in_both():
    asked = question("vergunningen")
    assert explain(candidate("nl", "", "een vergunning", language="nl"), asked)
    assert explain(candidate("", "", "een vergunning", language=""), asked)
    assert explain(candidate("en", "", "the vergunningen", language="en"), asked)


def test_every_score_is_the_sum_of_its_named_parts():
    one = candidate(
        "a", "pump oil", "pump", kind="lesson", prior=0.5, applied=3, community="7", updated_at=NOW
    )
    reader = Reader(frozenset({"7"}))
    (found,) = rank([one], question("pump oil", now=NOW), reader)
    assert found.score == pytest.approx(sum(found.parts.values()))
    assert {"kind", "trust", "freshness", "applications", "own community"} <= found.parts.keys()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"kind": "lesson"}, {"kind": "session"}),
        ({"prior": 0.9}, {"prior": 0.2}),
        ({"applied": 4}, {"applied": 1}),
        ({"updated_at": NOW}, {"updated_at": NOW - timedelta(days=900)}),
        ({"community": "7"}, {"community": "8"}),
    ],
)
def test_boosts_decide_among_equals(better, worse):
    found = [candidate("a", "", "pump", **worse), candidate("b", "", "pump", **better)]
    assert order(found, question("pump", now=NOW), Reader(frozenset({"7"}))) == ["b", "a"]


def test_boosts_never_outweigh_a_clearly_better_text():
    best = candidate("a", "", "pump", kind="lesson", prior=1.0, applied=99, community="7", updated_at=NOW)
    assert sum(boosts(best, Reader(frozenset({"7"})), NOW).values()) < 0.2
    both = candidate("b", "", "pump oil")
    assert order([best, both], question("pump oil", now=NOW), Reader(frozenset({"7"}))) == ["b", "a"]


def test_equals_stand_in_one_order_whatever_was_proposed_first():
    found = [candidate(key, "", "pump", updated_at=NOW) for key in "cab"]
    newer = candidate("z", "", "pump", updated_at=NOW + timedelta(days=1))
    assert order([*found, newer], question("pump")) == ["z", "a", "b", "c"]


def test_nothing_fits_and_nothing_is_asked():
    assert explain(candidate("a", "", "pump"), question("helicopter")) == {}
    assert explain(candidate("a", "", "pump"), Question((), (), 0, 0.0)) == {}
    assert rank([], question("pump")) == []


def test_a_title_that_goes_on_in_the_middle_of_a_known_word_does_not_begin_like_it():
    longer = candidate("longer", "permit request form")
    asked = question("permit")
    assert explain(longer, asked)["title begins like it"] == SAME_BEGINNING
    compound = candidate("compound", "permitting")
    assert "title begins like it" not in explain(compound, asked)
    unknown = Question(["permi"], [Term(0, forms_of("permi"))], 100, 10.0)
    assert explain(compound, unknown) == {"title begins like it": SAME_BEGINNING}


def test_a_word_that_goes_on_is_no_rarer_than_the_word_itself():
    (one,) = completed(0, "permit", ["permitting"], ["en"], {"permit": 30, "permitting": 1}.get)
    assert (one.seen, one.weight) == (31, 0.9)


def test_synonyms_stand_apart_in_the_explanation():
    means_same = Term(0, forms_of("licence"), SYNONYM, seen=2, means_same=True)
    parts = explain(candidate("a", "", "a licence"), question("permit", more=[means_same]))
    assert set(parts) == {"synonyms", "coverage"}
    both = explain(candidate("b", "", "permit licence"), question("permit", more=[means_same]))
    assert set(both) == {"words", "coverage"}
