"""Links between records, whichever comes first."""

import pytest

from communities.models import Discussion
from factories.communities import make_community
from kring.conversations.models import Comment
from kring.importing.models import PendingReference
from wiki.models import ArticlePage, LessonPage

SOURCE = {"repo": "acme/handbook"}
URL = "https://handbook.example.org"


@pytest.fixture(autouse=True)
def _community(root):
    make_community("Field work")


def page(path, markdown, **fields):
    return {
        "id": path,
        "title": path.title(),
        "path": path,
        "body_markdown": markdown,
        "source": SOURCE,
        "community": "Field work",
    } | fields


def body(source_id):
    return ArticlePage.objects.get(source_id=source_id).body


def test_links_by_path_to_a_page_before_and_after(load):
    there, here = (
        page("tools/git", "See [chat](../tools/chat.md#rooms)."),
        page("tools/chat", "See [git](git)."),
    )
    load("pages", there, here)
    git, chat = (ArticlePage.objects.get(source_id=name).pk for name in ("tools/git", "tools/chat"))
    assert body("tools/git") == f'<p>See <a linktype="page" id="{chat}">chat</a>.</p>'
    assert body("tools/chat") == f'<p>See <a linktype="page" id="{git}">git</a>.</p>'
    assert PendingReference.objects.count() == 0


def test_a_page_is_no_newer_for_a_link_that_got_its_target(load):
    load(
        "pages", page("a", "See [b](b.md).", created="2024-03-01"), page("b", "There.", created="2024-03-02")
    )
    a = ArticlePage.objects.get(source_id="a")
    assert "linktype" in a.body
    assert a.last_published_at == a.first_published_at
    load("pages", page("a", "Other words.", created="2024-03-01"))
    a.refresh_from_db()
    assert a.last_published_at > a.first_published_at


def test_links_into_a_file_that_comes_later(load):
    lesson = {
        "id": "l1",
        "title": "Back up first",
        "learned_markdown": "As [the rules](kring:rules) and [people](kring:d1) say.",
        "community": "Field work",
    }
    report = load("lessons", lesson)
    assert report.waiting == 2
    assert LessonPage.objects.get().learned == (
        '<p>As <a href="#kring:rules">the rules</a> and <a href="#kring:d1">people</a> say.</p>'
    )
    report = load("pages", page("rules", "Always.", id="rules"))
    assert report.waiting == 1
    thread = {"id": "d1", "title": "Who backs up?", "body": "Well?", "community": "Field work"}
    assert load("threads", thread).waiting == 0
    rules = ArticlePage.objects.get().pk
    assert LessonPage.objects.get().learned == (
        f'<p>As <a linktype="page" id="{rules}">the rules</a> and '
        f'<a href="{Discussion.objects.get().get_absolute_url()}">people</a> say.</p>'
    )
    revision = LessonPage.objects.get().latest_revision
    assert revision.content["learned"] == LessonPage.objects.get().learned


def test_a_text_whose_link_was_settled_counts_as_unchanged(load):
    first = page("a", "See [b](b).")
    load("pages", first)
    load("pages", page("b", "Here."), name="more.jsonl")
    assert ArticlePage.objects.get(source_id="a").body.startswith('<p>See <a linktype="page"')
    load("pages", first | {"title": "Changed"})
    assert ArticlePage.objects.get(source_id="a").title == "Changed"
    assert ArticlePage.objects.get(source_id="a").body.startswith('<p>See <a linktype="page"')


def test_links_by_address_of_the_source(load):
    question = {
        "id": "q7",
        "title": "Which pump?",
        "body_html": "<p>Which?</p>",
        "source_url": "https://ask.example.org/q/7",
        "community": "Field work",
        "answers": [
            {"id": "a8", "body_html": '<p>See <a href="https://ask.example.org/questions/9/which">9</a>.</p>'}
        ],
    }
    other = question | {"id": "q9", "title": "Which hose?", "source_url": "https://ask.example.org/q/9"}
    load("threads", question, other | {"answers": []})
    hose = Discussion.objects.get(source_id="q9")
    assert Comment.objects.get().body == f'<p>See <a href="{hose.get_absolute_url()}">9</a>.</p>'


def test_links_that_lead_elsewhere_stay(load):
    load(
        "pages", page("a", "[other](https://elsewhere.example.com/b) [mail](mailto:a@example.org) [up](#top)")
    )
    assert body("a") == (
        '<p><a href="https://elsewhere.example.com/b">other</a> '
        '<a href="mailto:a@example.org">mail</a> <a href="#top">up</a></p>'
    )
    assert PendingReference.objects.count() == 0


def test_a_missing_page_is_linked_at_its_source_meanwhile(load):
    load("pages", page("tools/git", "See [chat](chat).", source_url=f"{URL}/tools/git"))
    assert body("tools/git") == f'<p>See <a href="{URL}/tools/chat">chat</a>.</p>'
    load("pages", page("tools/chat", "Here."), name="more.jsonl")
    chat = ArticlePage.objects.get(source_id="tools/chat").pk
    assert body("tools/git") == f'<p>See <a linktype="page" id="{chat}">chat</a>.</p>'


def test_equal_paths_of_two_sources_are_kept_apart(load):
    load("pages", page("a", "See [b](b)."), page("b", "Ours."))
    other = {"repo": "other/handbook"}
    load(
        "pages",
        page("a", "See [b](b).", id="a2", source=other),
        page("b", "Theirs.", id="b2", source=other),
        name="other.jsonl",
    )
    for mine, target in {"a": "b", "a2": "b2"}.items():
        pk = ArticlePage.objects.get(source_id=target).pk
        assert body(mine) == f'<p>See <a linktype="page" id="{pk}">b</a>.</p>'
