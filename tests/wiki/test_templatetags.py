import pytest

from wiki.templatetags.wiki import Heading, anchored, ticks, timeline


def test_headings_get_anchors_and_keep_those_they_have():
    text = anchored('<h2>One &amp; two</h2><h3 id="kept">Three</h3><h2>One &amp; two</h2><h4>Four</h4>')
    assert text.html == (
        '<h2 id="one-two">One &amp; two</h2><h3 id="kept">Three</h3>'
        '<h2 id="one-two-2">One &amp; two</h2><h4>Four</h4>'
    )
    assert text.headings == [
        Heading(2, "one-two", "One & two"),
        Heading(3, "kept", "Three"),
        Heading(2, "one-two-2", "One & two"),
    ]


def test_a_heading_of_signs_alone_has_an_anchor_too():
    assert anchored("<h2>???</h2>").headings == [Heading(2, "part", "???")]


def test_an_empty_heading_is_not_in_the_contents():
    assert anchored("<h2> </h2>").headings == []


@pytest.mark.parametrize("item", ["<li>{}</li>", "<li><p>{}</p></li>"])
def test_moments_in_bold_make_a_timeline(item):
    items = item.format("<strong>Monday</strong>: it <em>stopped</em>.") + item.format("<b>Friday</b> again.")
    assert timeline(f"<p>a</p><ol>{items}</ol>") == (
        '<p>a</p><ol class="timeline"><li><span>Monday</span><span>it <em>stopped</em>.</span></li>'
        "<li><span>Friday</span><span>again.</span></li></ol>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<ol><li><strong>Monday</strong> a</li><li>b</li></ol>",
        "<ol><li><strong>Monday</strong> a</li></ol>",
        "<ol><li><p><strong>M</strong> a</p><p>b</p></li><li><strong>F</strong> c</li></ol>",
        "<ul><li><strong>M</strong> a</li><li><strong>F</strong> c</li></ul>",
        "<ol><li><strong>M</strong> a<ol><li>x</li></ol></li><li><strong>F</strong> c</li></ol>",
    ],
)
def test_other_lists_stay_as_they_are(html):
    assert timeline(html) == html


def test_lists_become_things_to_tick_off():
    circle = '<svg class="icon" aria-hidden="true"><use href="/static/kring/icons.svg#todo"/></svg>'
    assert ticks("<ol><li><p>a</p></li><li>b <em>c</em></li></ol>") == (
        f'<ol class="ticks"><li class="beside">{circle}<div>a</div></li>'
        f'<li class="beside">{circle}<div>b <em>c</em></div></li></ol>'
    )


def test_two_paragraphs_in_one_item_stay_two():
    assert "<div><p>a</p><p>b</p></div>" in ticks("<ul><li><p>a</p><p>b</p></li></ul>")
