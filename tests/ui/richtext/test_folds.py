"""What is folded away."""

import pytest

from kring.ui.richtext.display import LONGEST_CODE, display
from kring.ui.richtext.editing import from_markdown, to_markdown
from kring.ui.richtext.html import clean_html
from kring.ui.richtext.sanitise import sanitise
from kring.ui.richtext.text import to_text

FOLD = "<details><summary>The log</summary><p>a</p><p>b</p></details>"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (FOLD, FOLD),
        (f"<p>x</p>{FOLD}<p>y</p>", f"<p>x</p>{FOLD}<p>y</p>"),
        (
            "<details open class=x ontoggle=ran()>a</details>",
            "<details><summary></summary><p>a</p></details>",
        ),
        (
            "<details><p>a</p><summary>The <b>log</b></summary>b</details>",
            "<details><summary>The <strong>log</strong></summary><p>a</p><p>b</p></details>",
        ),
        ("<details><summary>Alone</summary></details>", "<details><summary>Alone</summary><p></p></details>"),
        ("<summary>Loose</summary>", "<p>Loose</p>"),
        (f"<details><summary>Outer</summary>{FOLD}</details>", None),
    ],
)
def test_a_fold_has_a_title_and_blocks(given, stored):
    assert sanitise(given) == (stored or given)
    assert clean_html(given) == (stored or given)
    assert str(sanitise(str(sanitise(given)))) == (stored or given)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (":::fold The log\na\n\nb\n:::", FOLD),
        ("::: fold The log\na\n\nb\n:::\n", FOLD),
        (":::fold\na\n:::", "<details><summary></summary><p>a</p></details>"),
        (":::fold A <b> & c\na\n:::", "<details><summary>A &lt;b&gt; &amp; c</summary><p>a</p></details>"),
        (":::other\na\n:::", "<p>:::other<br>a<br>:::</p>"),
    ],
)
def test_it_is_typed_between_colons(typed, stored):
    assert from_markdown(typed) == stored


@pytest.mark.parametrize(
    "stored",
    [
        FOLD,
        f"<p>x</p>{FOLD}{FOLD}<p>:::fold</p>",
        "<details><summary></summary><pre><code>:::\nx</code></pre></details>",
        "<details><summary>The <strong>log</strong></summary><ul><li><p>a</p></li></ul></details>",
        f"<details><summary>Outer</summary>{FOLD}</details>",
        f"<blockquote>{FOLD}</blockquote>",
    ],
)
def test_it_comes_back_from_markdown_the_same(stored):
    assert from_markdown(to_markdown(stored)) == stored


def test_it_is_written_between_colons():
    assert to_markdown(FOLD) == ":::fold The log\na\n\nb\n:::\n"


def test_its_words_are_found():
    assert to_text(FOLD) == "The log\na\nb"


def test_one_without_a_title_says_more():
    assert display("<details><summary></summary><p>a</p></details>") == (
        "<details><summary>More</summary><p>a</p></details>"
    )


@pytest.mark.parametrize(("lines", "folded"), [(LONGEST_CODE, False), (LONGEST_CODE + 1, True)])
def test_long_code_is_folded_away_for_readers(lines, folded):
    code = "\n".join(f"{number} &lt;b&gt;" for number in range(lines))
    html = f'<pre><code class="language-log">{code}</code></pre>'
    shown = display(f"<p>a</p>{html}<pre><code>short</code></pre>")
    fold = f'<details class="fold"><summary>{lines} lines. Show all</summary>{html}</details>'
    assert shown == f"<p>a</p>{fold if folded else html}<pre><code>short</code></pre>"
