"""How synonyms are written down: what is read, what is refused and why."""

import pytest
from django.core.exceptions import ValidationError

from search.wording import as_line, read_line, read_lines, read_words


@pytest.mark.parametrize(
    ("text", "ones"),
    [
        ("WOO, Wet open overheid", ("WOO", "Wet open overheid")),
        ("WOO\nWet  open\toverheid\r\n", ("WOO", "Wet open overheid")),
        ("WOO; Wob,, woo ,", ("WOO", "Wob")),
        ("pc\u200b, perso\x00nal\u202e computer", ("pc", "perso nal computer")),
        ("café, CAFE, koffiehuis", ("café", "koffiehuis")),
        ("#metoo, # ongewenst gedrag, C#", ("#metoo", "ongewenst gedrag", "C#")),
        ("IT, informatietechnologie", None),
    ],
)
def test_words_are_read_once_each_without_what_cannot_be_seen(text, ones):
    if ones is None:
        with pytest.raises(ValidationError, match="stands in nearly every text"):
            read_words(text, "nl")
    else:
        assert read_words(text, "nl") == ones


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "two words or more"),
        ("woo", "two words or more"),
        ("woo, WOO, ", "two words or more"),
        ("woo, een wet voor open overheid", "more than four words"),
        ("woo, " + "x" * 61, "too long"),
        ("woo, ???", "no letters or digits"),
        ("vergunning, vergunningen", "forms of one word"),
        (", ".join(f"woord{number}" for number in range(14)), "Thirteen"),
        ("woo, " * 300, "too much for one row"),
        ("woo => wob", "tick “One way only”"),
        ("woo → wob, wet", "tick “One way only”"),
    ],
)
def test_what_makes_no_row_is_refused_with_a_reason(text, why):
    with pytest.raises(ValidationError, match=why):
        read_words(text, "nl")


def test_rows_of_a_file_come_out_as_they_went_in():
    text = (
        "\ufeff# Our words\nWOO, Wet open overheid\r\n\nbijstand => uitkering, Participatiewet\n"
        "#\n ## More\n#metoo, ongewenst gedrag\n"
    )
    lines = read_lines(text, "nl")
    assert [(line.number, as_line(line.words, line.one_way)) for line in lines] == [
        (2, "WOO, Wet open overheid"),
        (4, "bijstand => uitkering, Participatiewet"),
        (7, "#metoo, ongewenst gedrag"),
    ]


def test_every_line_that_cannot_be_read_is_told():
    with pytest.raises(ValidationError) as refused:
        read_lines("woo, wob\nwoo\na, b => c\n", "nl")
    assert refused.value.messages == [
        "Line 2: Write two words or more, with commas between them.",
        "Line 3: Before “=>” stands one word or phrase.",
    ]
    with pytest.raises(ValidationError, match="no row in it"):
        read_lines("# nothing\n\n", "nl")


def test_a_line_with_two_arrows_is_refused():
    with pytest.raises(ValidationError, match="only once"):
        read_line("pc => laptop => computer", "nl")
