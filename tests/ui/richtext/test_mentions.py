"""People named in a text."""

import pytest

from kring.ui.richtext.display import display
from kring.ui.richtext.editing import from_editor, from_markdown, to_editor, to_markdown
from kring.ui.richtext.mentions import called, people_in, with_mentions, without_person

TOM = '<a linktype="person" id="7">@Tom Willems</a>'
PEOPLE = {7: "Tom Willems", 8: "Anne-Fleur d'Hond"}
NAMES = {"Tom Willems": 7, "Anne-Fleur d'Hond": 8}


def put(html):
    return with_mentions(html, PEOPLE, NAMES)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("<p>@Tom Willems, look</p>", f"<p>{TOM}, look</p>"),
        ("<p>Ask @Tom Willems.</p>", f"<p>Ask {TOM}.</p>"),
        ("<p>(@Tom Willems) and <em>@Tom Willems</em>!</p>", None),
        ("<p>@Anne-Fleur d'Hond's list</p>", "<p>@Anne-Fleur d'Hond's list</p>"),
        ("<p>@Anne-Fleur d'Hond</p>", '<p><a linktype="person" id="8">@Anne-Fleur d\'Hond</a></p>'),
        ("<p>@Tom</p>", "<p>@Tom</p>"),
        ("<p>tom@Tom Willems</p>", "<p>tom@Tom Willems</p>"),
        ("<p><code>@Tom Willems</code></p>", "<p><code>@Tom Willems</code></p>"),
        ("<pre><code>@Tom Willems</code></pre>", "<pre><code>@Tom Willems</code></pre>"),
        ("<blockquote><p>@Tom Willems</p></blockquote>", "<blockquote><p>@Tom Willems</p></blockquote>"),
        ('<p><a linktype="person" id="7">@Somebody <em>else</em></a></p>', f"<p>{TOM}</p>"),
        ('<p><a linktype="person" id="9">@Hidden One</a> x</p>', "<p>@Hidden One x</p>"),
        (
            '<p><a linktype="person" id="9">their page</a></p>',
            '<p><a linktype="person" id="9">their page</a></p>',
        ),
    ],
)
def test_names_become_links_to_people(typed, stored):
    made = put(typed)
    if stored is None:
        stored = f"<p>({TOM}) and <em>@Tom Willems</em>!</p>".replace(
            "<em>@Tom Willems</em>", '<a linktype="person" id="7"><em>@Tom Willems</em></a>'
        )
    assert made == stored
    assert put(made) == made


def test_who_may_be_meant_is_gathered_first():
    ids, names = called(f"<p>{TOM} and @Ruth Bakker says</p><blockquote>@Nobody Here</blockquote>")
    assert ids == {7}
    assert names == {"Ruth", "Ruth Bakker", "Ruth Bakker says"}


def test_each_is_mentioned_once_and_nobody_in_a_quotation():
    other = TOM.replace('"7"', '"8"')
    assert people_in(f"<p>{TOM}</p><blockquote><p>{other}</p></blockquote><p>{TOM}</p>") == [7]


@pytest.mark.django_db
def test_a_mention_leads_to_the_person_and_comes_back_from_both_editors():
    stored = f"<p>Ask {TOM}.</p>"
    assert display(stored) == '<p>Ask <a class="mention" href="/people/7/">@Tom Willems</a>.</p>'
    assert to_editor(stored) == '<p>Ask <a href="/people/7/">@Tom Willems</a>.</p>'
    assert put(from_editor(to_editor(stored))) == stored
    assert to_markdown(stored) == "Ask [@Tom Willems](/people/7/).\n"
    assert put(from_markdown(to_markdown(stored))) == stored


@pytest.mark.parametrize(
    "href", ["/people/7/edit/", "/people/07/", "/people/7", "//people/7/", "/other/7/", "/people/7/?x=1"]
)
def test_other_addresses_stay_what_they_are(href):
    html = f'<p><a href="{href}">@x</a></p>'
    assert put(from_editor(html)) == html


def test_a_person_who_is_gone_loses_the_name_everywhere():
    html = f"<p>{TOM}, yes</p><blockquote><p>{TOM}</p></blockquote>"
    gone = "<p>@a former colleague, yes</p><blockquote><p>@a former colleague</p></blockquote>"
    assert without_person(html, 7, "a former colleague") == gone
    assert without_person(html, 8, "a former colleague") == html
