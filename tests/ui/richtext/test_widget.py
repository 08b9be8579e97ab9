"""The rich-text widget: what a form shows, and what it takes in."""

import pytest
from django.http import QueryDict
from lxml import html as lxml_html

from kring.ui.richtext.editing import to_editor, to_markdown
from kring.ui.richtext.schema import CLEANER, SCHEMES
from kring.ui.richtext.widgets import RichTextEditor, as_typed
from support.texts import HOSTILE, STORED

pytestmark = pytest.mark.django_db

ATTRIBUTES = {
    "id", "href", "title", "linktype", "embedtype", "alt", "format", "class", "colspan", "rowspan", "start",
    "data-type", "data-checked",
}  # fmt: skip


def taken(**sent):
    data = QueryDict(mutable=True)
    data.update({name.replace("_", "-"): value for name, value in sent.items()})
    return RichTextEditor().value_from_datadict(data, {}, "body")


def harmful(html):
    """Tags, attributes and addresses that rich text never has."""
    found = []
    for one in lxml_html.fragment_fromstring(html, create_parent="main").iterdescendants():
        found += [] if one.tag in _TAGS else [one.tag]
        found += [name for name in one.attrib if name not in ATTRIBUTES]
        scheme = one.get("href", "").partition(":")[0] if ":" in one.get("href", "") else ""
        found += [] if scheme in {"", *SCHEMES} else [scheme]
    return found


_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "table", "tbody", "tr", "th", "td",
    "hr", "br", "strong", "em", "s", "sub", "sup", "a", "embed", "figure", "figcaption", "details", "summary",
}  # fmt: skip


@pytest.mark.parametrize("name", STORED)
def test_what_comes_back_unchanged_is_the_same_to_the_byte(name):
    stored = STORED[name]
    assert taken(body=to_editor(stored), body_format="html") == stored
    assert taken(body=to_markdown(stored).replace("\n", "\r\n")) == stored
    assert taken(body=to_markdown(stored).strip("\n")) == stored


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_nothing_harmful_comes_in(payload, kind):
    stored = taken(body=f"before {payload} after", body_format=kind)
    assert harmful(stored) == []
    assert CLEANER.clean(stored).replace("/>", ">") == stored.replace("/>", ">")
    alone = taken(body=payload, body_format=kind)
    assert harmful(alone) == []


@pytest.mark.parametrize("payload", HOSTILE)
def test_what_a_form_shows_again_runs_nothing(payload):
    html = RichTextEditor().render("body", taken(body=payload, body_format="html"), {"id": "id_body"})
    shown = lxml_html.fragment_fromstring(html, create_parent="main")
    template = next(shown.iter("template"))
    assert {name for one in template.iter() for name in one.attrib if name.startswith("on")} == set()
    assert [one.tag for one in template.iter("script", "style", "iframe", "svg", "object")] == []


def test_nothing_sent_is_nothing_and_no_words_are_no_words():
    assert taken() is None
    assert taken(body="") == ""
    assert taken(body="<p></p>", body_format="html") == ""


def test_it_holds_markdown_html_and_the_name_of_the_format():
    html = RichTextEditor().render("body", "<h2>A</h2><p>b &lt; <strong>c</strong></p>", {"id": "id_body"})
    shown = lxml_html.fragment_fromstring(html)
    assert shown.get("data-format") == "body-format"
    area = next(shown.iter("textarea"))
    assert (area.get("name"), area.get("aria-describedby")) == ("body", "id_body_markdown")
    assert area.text.strip("\n") == "## A {#s-a}\n\nb < **c**"
    template = next(one for one in shown.iter("template") if one.get("data-html") is not None)
    assert lxml_html.tostring(template, encoding="unicode").startswith(
        '<template data-html><h2 id="s-a">A</h2><p>b &lt; <strong>c</strong></p></template>'
    )


@pytest.mark.parametrize("kind, shown", [("html", "a **b**\n"), ("", "<p>a <b>b</b></p>")])
def test_what_was_sent_is_shown_as_somebody_would_type_it(kind, shown):
    assert as_typed({"body-format": kind}, "body", "<p>a <b>b</b></p>") == shown
