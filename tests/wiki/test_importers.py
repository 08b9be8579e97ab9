"""Lessons and articles: their parts, titles, authors, and the tree of pages."""

from functools import partial

import pytest

from factories.communities import make_community
from factories.people import make_user
from kring.conversations.models import Comment
from support.importing import counted, import_records, reasons
from wiki.models import ArticlePage, LessonPage

LESSON = {"id": "l1", "lang": "en", "title": "Call first", "community": "Field work"}
PAGE = {"id": "w1", "lang": "nl", "title": "Sleutels", "body": "Hier.", "community": "Field work"}
SOURCE = {"repo": "acme/handbook", "licence": "CC0-1.0"}


@pytest.fixture
def load(db, tmp_path):
    return partial(import_records, tmp_path)


@pytest.fixture(autouse=True)
def community(root):
    return make_community("Field work", language="en")


def tree():
    """Title of each article with its parent's, placeholders in brackets."""
    return {
        (f"[{page.title}]" if page.is_placeholder else page.title): page.get_parent().title
        for page in ArticlePage.objects.all()
    }


def test_a_lesson_with_everything(load, community):
    other = make_community("Suppliers", source_id="c2")
    ilse = make_user(email="ilse@example.org")
    record = LESSON | {
        "summary": "Nobody was there.",
        "planned": "A visit.",
        "happened_markdown": "A **closed** door.",
        "why_html": "<p>No call.</p>",
        "learned": "Call.\n\nAnd write.",
        "next_time": "Call the day before.",
        "body": "More.",
        "outcome": "failure",
        "applies_where": "Every visit",
        "applies_to": ["c2"],
        "occurred_on": "2024-04-30",
        "created": "2024-05-01",
        "tags": ["visits"],
        "authors": [{"person": "ilse@example.org"}, {"name": "B. Outsider", "url": "https://b.example"}],
        "licence": "CC BY 4.0",
        "comments": [{"body": "So true.", "author": {"person": "ilse@example.org"}}],
    }
    assert counted(load("lessons", record)) == {"created": 1}
    found = LessonPage.objects.get()
    assert {name: html for name, _heading, html in found.parts()} == {
        "planned": "<p>A visit.</p>",
        "happened": "<p>A <strong>closed</strong> door.</p>",
        "why": "<p>No call.</p>",
        "learned": "<p>Call.</p><p>And write.</p>",
        "next_time": "<p>Call the day before.</p>",
        "body": "<p>More.</p>",
    }
    assert (found.outcome, found.applies_where, str(found.occurred_on)) == (
        "failure",
        "Every visit",
        "2024-04-30",
    )
    assert (list(found.authors.all()), found.owner, list(found.applies_to.all())) == ([ilse], ilse, [other])
    assert found.attributions == [{"name": "B. Outsider", "url": "https://b.example", "licence": "CC BY 4.0"}]
    assert found.first_published_at.isoformat() == "2024-05-01T00:00:00+00:00"
    assert (found.live, found.latest_revision.content["learned"]) == (True, found.learned)
    assert Comment.objects.get().user == ilse


def test_a_missing_title_is_the_first_sentence_of_what_was_learned(load):
    record = {name: part for name, part in LESSON.items() if name != "title"}
    load("lessons", record | {"context": "A closed door.", "lesson": "Call first. Then drive."})
    found = LessonPage.objects.get()
    assert (found.title, found.happened, found.learned) == (
        "Call first.",
        "<p>A closed door.</p>",
        "<p>Call first. Then drive.</p>",
    )


def test_a_title_that_is_too_long_is_kept_whole_in_the_text(load):
    title = "word " * 60
    load("lessons", LESSON | {"title": title})
    found = LessonPage.objects.get()
    assert (len(found.title) <= 255, found.title[-5:]) == (True, "word…")
    assert found.body == f"<p>{title.strip()}</p>"


def test_titles_that_are_alike_get_addresses_of_their_own(load):
    load("lessons", LESSON, LESSON | {"id": "l2"}, LESSON | {"id": "l3", "title": "???"})
    slugs = LessonPage.objects.order_by("source_id").values_list("slug", flat=True)
    assert list(slugs)[:2] == ["call-first", "call-first-2"]
    assert slugs[2].startswith("lessonpage-")


def test_a_report_in_one_text_becomes_parts(load):
    text = "# Outage\n\nIntro.\n\n## Timeline\n\nAt nine.\n\n## Root cause\n\nA plug.\n\n## Notes\n\nNone."
    load("lessons", LESSON | {"title": "Outage", "subtype": "incident", "body_markdown": text})
    found = LessonPage.objects.get()
    assert (found.happened, found.why, found.outcome) == ("<p>At nine.</p>", "<p>A plug.</p>", "failure")
    assert found.body == '<p>Intro.</p><h2 id="s-notes">Notes</h2><p>None.</p>'


def test_content_of_outsiders_names_its_source(load):
    load("pages", PAGE | {"source": SOURCE, "source_url": "https://github.com/acme/handbook/a"})
    assert ArticlePage.objects.get().attributions == [
        {"name": "acme/handbook", "url": "https://github.com/acme/handbook/a", "licence": "CC0-1.0"}
    ]


def test_children_before_their_parents_and_placeholders_for_those_that_never_come(load):
    child = PAGE | {"id": "w2", "title": "Git", "path": "tools/code/git", "parent": "tools/code"}
    load("pages", child)
    assert tree() == {"Git": "Code", "[Code]": "Tools", "[Tools]": "Field work"}
    parent = PAGE | {"id": "w1", "title": "All tools", "path": "tools", "body": "All of them."}
    assert counted(load("pages", parent, name="more.jsonl")) == {"created": 1}
    assert tree() == {"Git": "Code", "[Code]": "All tools", "All tools": "Field work"}
    filled = ArticlePage.objects.get(source_id="w1")
    assert (filled.body, filled.language) == ("<p>All of them.</p>", "nl")
    assert ArticlePage.find_problems() == ([], [], [], [], [])


def test_an_index_page_is_its_folder(load):
    index = PAGE | {"id": "i", "title": "Tools", "path": "tools/index", "parent": "tools"}
    load("pages", index, PAGE | {"id": "g", "title": "Git", "path": "tools/git", "parent": "tools"})
    assert tree() == {"Tools": "Field work", "Git": "Tools"}


def test_a_page_moves_with_its_record(load):
    a, b = (PAGE | {"id": one, "title": one, "path": one} for one in ("a", "b"))
    child = PAGE | {"id": "c", "title": "c", "path": "c", "parent": "a"}
    load("pages", a, b, child)
    assert counted(load("pages", a, b, child | {"parent": "b"})) == {"unchanged": 2, "updated": 1}
    assert tree() == {"a": "Field work", "b": "Field work", "c": "b"}


def test_parents_that_lead_back_to_the_page_are_refused(load):
    def record(name, parent):
        return PAGE | {"id": name, "title": name, "path": name, "parent": parent}

    report = load(
        "pages", record("a", "b"), record("b", "c"), record("c", "a"), record("d", "a"), record("e", "e")
    )
    circle = "its parents lead back to itself"
    assert reasons(report) == {1: circle, 2: circle, 3: circle, 5: circle}
    assert tree() == {"d": "A", "[A]": "Field work"}


def test_a_circle_that_two_files_make(load):
    load(
        "pages",
        PAGE | {"id": "a", "title": "a", "path": "a"},
        PAGE | {"id": "b", "title": "b", "path": "b", "parent": "a"},
    )
    report = load("pages", PAGE | {"id": "a", "title": "a", "path": "a", "parent": "b"})
    assert reasons(report) == {1: "its parents lead back to itself"}
    assert tree() == {"a": "Field work", "b": "a"}


def test_a_path_without_end_is_refused(load):
    report = load("pages", PAGE | {"path": "a/" * 1000, "parent": "b/" * 1000})
    assert reasons(report) == {1: "path is deeper than 20 levels"}


def test_scripts_are_left_out_and_pictures_become_links(load):
    html = '<p>See <img src="https://x.example/a.png" alt="a chart" onerror="x()"><script>x()</script></p>'
    load("pages", {name: part for name, part in PAGE.items() if name != "body"} | {"body_html": html})
    assert ArticlePage.objects.get().body == '<p>See <a href="https://x.example/a.png">a chart</a></p>'


def test_lessons_and_pages_that_cannot_be_imported(load):
    report = load(
        "lessons",
        {"id": "1", "community": "Field work"},
        LESSON | {"id": "2", "outcome": "great"},
        LESSON | {"id": "3", "occurred_on": "2024-13-01"},
        LESSON | {"id": "4", "learned": ["Call."]},
        LESSON | {"id": "5", "authors": [{"url": ""}]},
        LESSON | {"id": "6", "authors": [{"person": "who@example.org"}]},
        LESSON | {"id": "7", "tags": {"a": 1}},
        LESSON | {"id": "8", "lang": 1},
        LESSON | {"id": "9", "comments": [{"body": "x", "created": "1800-01-01"}]},
    )
    assert reasons(report) == {
        1: "title is missing, and there is no text to take it from",
        2: "outcome must be one of success, mixed, failure",
        3: "occurred_on must be a date such as 2026-11-23",
        4: "learned must be text",
        5: "an author needs a person or a name",
        6: "there is no person “who@example.org” on the site; import the people first",
        7: "tags must be a list",
        8: "lang must be text",
        9: "created lies outside the years 1900 to 2200",
    }
    assert LessonPage.objects.count() == 0
