"""What changed between two texts."""

import pytest

from kring.ui.richtext.differences import MOST_WORDS, differences


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("<p>Yes.</p>", "<p>Yes.</p>", [("same", "Yes.")]),
        (
            "<p>Yes we may.</p>",
            "<p>No we may.</p>",
            [("removed", "Yes"), ("added", "No"), ("same", " we may.")],
        ),
        ("<p>a b c</p>", "<p>a x y</p>", [("same", "a "), ("removed", "b c"), ("added", "x y")]),
        ("<p>a</p>", "<p>a</p><p>b</p>", [("same", "a"), ("added", "\nb")]),
        ("", "<p>a</p>", [("added", "a")]),
        ("<p>a</p>", "", [("removed", "a")]),
        ("<p>a</p>", "<p><strong>a</strong></p>", [("same", "a")]),
    ],
)
def test_words_that_came_and_went(old, new, pieces):
    assert differences(old, new) == pieces


def test_a_very_long_text_is_compared_by_lines():
    lines = "".join(f"<p>line {number} of it</p>" for number in range(MOST_WORDS))
    found = differences(lines, lines.replace("line 7 of", "line seven of"))
    assert [kind for kind, _ in found] == ["same", "removed", "added", "same"]
    assert found[1][1] == "line 7 of it"
