"""What any engine must find: rights, typos, word forms, compounds, counts, sections."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from support.shelf import AT, ask, keys, make_document


def test_finds_by_words_forms_and_typos(engine):
    for text in ("suppliers", "supplier", "suplier", "supplliers", "Süppliers", "suppl"):
        assert set(keys(ask(engine, text))) == {"lesson:1", "lesson:2", "question:3"}, text


def test_a_typo_is_told_and_a_known_word_is_not(engine):
    assert ask(engine, "suplier ").corrections == [("suplier", "supplier")]
    assert ask(engine, "supplier ").corrections == []


def test_a_form_of_a_known_word_is_no_typo(engine):
    """The first stands nowhere, and "portal" and "faalde" do."""
    for text, found in (("portals ", "question:3"), ("faalden ", "lesson:4")):
        results = ask(engine, text)
        assert (keys(results), results.corrections) == ([found], []), text


def test_the_same_title_comes_first(engine):
    assert keys(ask(engine, "testing a release"))[0] == "lesson:2"


def test_dutch_compounds_are_found_written_apart_and_together(engine):
    assert "lesson:4" in keys(ask(engine, "kwaliteit borging"))
    assert {"lesson:5", "lesson:6"} <= set(keys(ask(engine, "kwaliteitsborging ")))


@pytest.mark.parametrize(
    "text", ["kwaliteitsborgng", "kwaliteitborging", "kwaliteitsborgin", "kwalitietsborging"]
)
def test_compounds_are_found_with_a_typo_too(engine, text):
    assert "lesson:4" in keys(ask(engine, text))


def test_a_compound_that_nobody_wrote_is_read_by_its_parts_also_with_a_typo(engine):
    engine.apply({"lesson:4"}, [])
    for text in ("kwaliteitsborging", "kwaliteitsborgng", "kwalteitsborging "):
        assert {"lesson:5", "lesson:6"} <= set(keys(ask(engine, text))), text


@pytest.mark.parametrize(
    "text", ["supplierr mov", "suplier mo", "moved suplie", "in one nigth", "the suppliers mo"]
)
def test_half_a_word_and_a_typo(engine, text):
    assert keys(ask(engine, text))[:1] == ["lesson:1"]
    assert keys(ask(engine, text, while_typing=True))[:1] == ["lesson:1"]


@pytest.mark.parametrize("text", ["suppliers", "borging kwal", "release zanzibar", "invoices twise", ""])
def test_while_typing_the_same_is_found(engine, text):
    whole, quick = ask(engine, text), ask(engine, text, while_typing=True)
    for found in (whole, quick):
        assert len(found.hits) == found.total
    assert (quick.total, quick.exact, quick.facets) == (whole.total, whole.exact, {})
    assert sorted(keys(quick)) == sorted(keys(whole))
    assert [hit.title for hit in quick.hits[:1]] == [hit.title for hit in whole.hits[:1]]
    assert ask(engine, text, audience=(), while_typing=True).total == 0


def test_stop_words_are_not_required_also_at_the_end(engine):
    for text in ("the suppliers of our portal", "suppliers portal the", "how do suppliers portal"):
        assert keys(ask(engine, text)) == ["question:3"], text
    assert ask(engine, "the of").total >= 0


def test_all_words_first_and_then_what_comes_close(engine):
    found = ask(engine, "suppliers portal")
    assert (keys(found), found.total, found.exact) == (["question:3"], 1, True)
    assert {hit.key for hit in found.close} == {"lesson:1", "lesson:2"}


def test_without_anything_exact_it_says_so(engine):
    found = ask(engine, "suppliers helicopter")
    assert (found.exact, found.total) == (False, 3)


def test_nothing_is_found_counted_or_corrected_beyond_the_readers_audience(engine):
    for text in ("zanzibar", "zanzibr ", "zanz", "the zanzibar plan", '"zanzibar budget"'):
        found = ask(engine, text)
        shown = [*found.hits, *found.close]
        assert "lesson:7" not in [hit.key for hit in shown], text
        assert found.corrections == [], text
        assert "9" not in dict(found.facets["community"]), text
    assert ask(engine, "zanzibr ", ("c:9",)).corrections == [("zanzibr", "zanzibar")]
    assert keys(ask(engine, "zanzibar", ("staff", "c:9"))) == ["lesson:7"]


def test_without_audience_nothing_is_found(engine):
    found = ask(engine, "", ())
    assert (found.hits, found.close, found.total, found.facets) == ([], [], 0, {})
    assert ask(engine, "suplier ", ()).corrections == []


def test_hidden_things_are_neither_shown_nor_counted(engine):
    found = ask(engine, "suppliers", hidden=("lesson:1",))
    assert (set(keys(found)), found.total) == ({"lesson:2", "question:3"}, 2)
    assert dict(found.facets["community"]) == {"1": 1, "2": 1}
    assert ask(engine, "zanzibr ", ("c:9",), hidden=("lesson:7",)).corrections == []


def test_filters_narrow_and_are_counted_without_their_own_choice(engine):
    found = ask(engine, "suppliers", kinds=("lesson",))
    assert set(keys(found)) == {"lesson:1", "lesson:2"}
    assert dict(found.facets["kind"]) == {"lesson": 2, "question": 1}
    assert dict(found.facets["community"]) == {"1": 1, "2": 1}


def test_pages_follow_one_another_and_end(engine):
    seen = [key for page in (1, 2, 3, 4) for key in keys(ask(engine, "suppliers", page=page, per_page=1))]
    assert sorted(seen) == ["lesson:1", "lesson:2", "question:3"]
    assert ask(engine, "suppliers", page=10**12).hits == []


def test_newest_first(engine):
    engine.apply(
        {"lesson:8"}, [make_document("lesson:8", "Late suppliers", updated_at=AT + timedelta(days=1))]
    )
    assert keys(ask(engine, "suppliers", sort="newest"))[0] == "lesson:8"


def test_words_in_quotes_stand_together_as_they_are(engine):
    assert keys(ask(engine, '"suppliers tells"')) == []
    assert keys(ask(engine, '"supplier lst"')) == []
    assert keys(ask(engine, '"supplier list" late')) == ["lesson:2"]
    assert keys(ask(engine, '"supplier" ')) == ["lesson:2"]
    assert keys(ask(engine, "suppliers -well-known -about-the")) == keys(ask(engine, "suppliers -about"))
    assert keys(ask(engine, 'suppliers -"about the portal" -paid')) == ["lesson:2"]


def test_operators(engine):
    assert keys(ask(engine, '"tells suppliers"')) == ["question:3"]
    assert set(keys(ask(engine, "suppliers -portal"))) == {"lesson:1", "lesson:2"}


@pytest.mark.parametrize(
    "text",
    ["\0", "a\0b", "\ud800", "\udfff x", "x" * 10_000, "a " * 5000, '"', "-", '""', '-"', "- -", "AND OR NOT",
     "*", "a*", "title:x", "((((", "[a TO b]", "~", "^2", "\\", ".*", "a{1000000}", "\u202e", "😀", "é" * 500,
     "' OR 1=1 --", "<script>", "x:y:z", "+a -b", "١٢٣", "\n\t", "%", "a" * 61, "-" * 9999, '"' * 9999],
)  # fmt: skip
def test_no_question_raises(engine, text):
    for while_typing in (False, True):
        assert ask(engine, text, while_typing=while_typing).total >= 0


def test_titles_and_snippets_are_escaped_and_marked(engine):
    engine.apply({"lesson:9"}, [make_document("lesson:9", "<b>gizmo</b>", "a <i> gizmo & more")])
    (hit,) = ask(engine, "gizmo").hits
    assert hit.title == "&lt;b&gt;<mark>gizmo</mark>&lt;/b&gt;"
    assert hit.snippet == "a &lt;i&gt; <mark>gizmo</mark> &amp; more"


def test_what_stands_beside_is_found_and_never_shown(engine):
    engine.apply({"lesson:9"}, [make_document("lesson:9", "Bolts", "Too loose.", beside="gizmo\nFemke")])
    (hit,) = ask(engine, "gizmo femke").hits
    assert (hit.key, hit.snippet) == ("lesson:9", "Too loose.")


def test_a_section_says_where_and_the_thing_counts_once(engine):
    engine.apply(
        {"article:1"},
        [
            make_document("article:1", "Handbook", "Leave\nAsk your lead\nLaptops\nGet a badger at the desk"),
            make_document("article:1#leave", "Leave", "Ask your lead", url="/h/#leave"),
            make_document("article:1#laptops", "Laptops", "Get a badger at the desk", url="/h/#laptops"),
        ],
    )
    found = ask(engine, "badger")
    assert [(hit.url, hit.title, hit.section) for hit in found.hits] == [
        ("/h/#laptops", "Handbook", "Laptops")
    ]
    assert (found.total, dict(found.facets["kind"])) == (1, {"article": 1})


def test_a_part_gives_its_own_facts_and_snippet(engine):
    whole = make_document(
        "question:9", "Old numbers?", "May we?\nKeep the badger.", people=("4",), facts={"answers": 1}
    )
    parts = [
        whole.part("top", "May we?"),
        whole.part("c5", "Keep the badger.", url="/q/?c=5#c5", facts={"said": "answer", "author": "Koen"}),
    ]
    engine.apply({"question:9"}, [whole, *parts])
    (hit,) = ask(engine, "badger").hits
    assert (hit.key, hit.url, hit.section) == ("question:9#c5", "/q/?c=5#c5", "")
    assert (hit.facts, hit.part) == ({"answers": 1}, {"said": "answer", "author": "Koen"})
    assert (hit.people, hit.snippet) == (("4",), "Keep the <mark>badger</mark>.")
    (hit,) = ask(engine, "old numbers").hits
    assert (hit.key, hit.url) == ("question:9", "/question:9/")


def test_a_long_talk_keeps_no_other_thing_from_its_part(engine):
    long = make_document("question:10", "Badger", "badger " * 30)
    short = make_document("question:11", "Other", "a badger here", url="/short/")
    engine.apply(
        {"question:10", "question:11"},
        [
            *[long, *(long.part(f"c{number}", "badger badger") for number in range(300))],
            *[short, short.part("c1", "a badger here and more words than that", url="/short/#c1")],
        ],
    )
    assert {hit.url for hit in ask(engine, "badger").hits} == {"/question:10/", "/short/#c1"}


def test_lines_say_which_of_them_answer(engine):
    person = make_document(
        "person:1",
        "Femke",
        "Pays\ndata migration · gegevensmigratie\nI sing",
        facts={"lines": True},
        language="",
    )
    engine.apply({"person:1"}, [person])
    found = ask(engine, "migratoin dat")
    assert [(hit.lines, hit.snippet) for hit in found.hits] == [
        ((1,), "<mark>data</mark> <mark>migration</mark> · gegevensmigratie")
    ]
    assert found.mark("Data & migrations") == "<mark>Data</mark> &amp; <mark>migrations</mark>"


def test_accents_are_found_and_marked_either_way(engine):
    engine.apply({"lesson:9"}, [make_document("lesson:9", "Één café", "Eén élan, cafe", language="nl")])
    (hit,) = ask(engine, "een cafe elan").hits
    assert hit.title == "<mark>Één</mark> <mark>café</mark>" or hit.title == "Één <mark>café</mark>"
    assert "<mark>élan</mark>" in hit.snippet


def test_what_came_of_it_narrows_and_is_counted(make_engine):
    engine = make_engine()
    engine.apply(
        {"question:1", "question:2", "lesson:3"},
        [
            make_document("question:1", "Which supplier?", signs=("answered", "solved")),
            make_document("question:2", "Whose supplier?", signs=("unanswered",)),
            make_document("lesson:3", "Our supplier"),
        ],
    )
    found = ask(engine, "supplier", signs=("solved",))
    assert keys(found) == ["question:1"]
    assert sorted(found.facets["sign"]) == [("answered", 1), ("solved", 1), ("unanswered", 1)]
    assert found.facets["kind"] == [("question", 1)]


def test_dates_narrow_and_are_counted_from_today(make_engine):
    now = datetime.now(UTC)
    ages = {"lesson:1": 1, "lesson:2": 20, "lesson:3": 200, "lesson:4": 2000}
    engine = make_engine()
    engine.apply(
        ages,
        [make_document(key, "Supplier", updated_at=now - timedelta(days=age)) for key, age in ages.items()],
    )
    found = ask(engine, "supplier", since=now - timedelta(days=7))
    assert keys(found) == ["lesson:1"]
    assert found.facets["age"] == [("week", 1), ("month", 2), ("year", 3)]
    assert found.facets["kind"] == [("lesson", 1)]
    assert set(keys(ask(engine, "supplier", until=now - timedelta(days=7)))) == {
        "lesson:2",
        "lesson:3",
        "lesson:4",
    }
    between = {"since": now - timedelta(days=300), "until": now - timedelta(days=10)}
    assert set(keys(ask(engine, "supplier", **between))) == {"lesson:2", "lesson:3"}
    assert ask(engine, "", **between).total == 2


def test_pages_go_on_beyond_what_is_put_in_order(engine):
    many = [make_document(f"lesson:{number}", f"Badger {number}") for number in range(100, 420)]
    engine.apply({one.thing for one in many}, many)
    seen = [key for page in (1, 2, 3, 4, 5) for key in keys(ask(engine, "badger", page=page, per_page=80))]
    assert (len(seen), set(seen)) == (320, {one.key for one in many})
    assert ask(engine, "badger", per_page=80).total == 320


def test_keys_of_any_letters_are_different_things(engine):
    whole = make_document("article:1", "Handbook", "Leave one. Leave two. Leave three.")
    names = ["é-1", "e_1", "e 1", "e-1", "E-1", "x" * 400, "x" * 400 + "y", "ß/#?&%"]
    parts = [whole.part(name, f"badger{number}") for number, name in enumerate(names)]
    engine.apply({"article:1"}, [whole, *parts])
    engine.apply({"article:1"}, [replace(whole, body="badger0 badger3 badger6"), *parts])
    for number in (0, 3, 6):
        (hit,) = ask(engine, f"badger{number} ").hits
        assert hit.key == f"article:1#{names[number]}"


def test_tokens_are_never_read_as_more_than_tokens(engine):
    odd = 'c:1 "x] OR acl = staff \\'
    engine.apply({"lesson:9"}, [make_document("lesson:9", "Gizmo", audience=(odd,))])
    assert keys(ask(engine, "gizmo", (odd,))) == ["lesson:9"]
    assert ask(engine, "", (odd,)).total == 1
    assert ask(engine, "", ('nobody"] OR acl IN ["staff',)).total == 0


def test_a_form_that_stands_nowhere_is_asked_for_among_many(make_engine):
    """All have two of the words, and one has a form of the rarest."""
    documents = [make_document(f"lesson:{number}", "Portal", "For suppliers.") for number in range(1, 1000)]
    documents.append(
        make_document("lesson:1000", "Portal", "With a difficulty.", updated_at=AT - timedelta(9))
    )
    engine = make_engine()
    engine.rebuild(documents, lambda things: [])
    results = ask(engine, "difficulties portal supplier")
    assert (results.total, keys(results)[0]) == (1000, "lesson:1000")
