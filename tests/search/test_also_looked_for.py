"""What the page with results says of synonyms, and how to search without, on both engines."""

import pytest
from django.test import Client

from factories.communities import make_community
from factories.people import make_admin, make_user
from factories.wiki import make_lesson
from search.actions.tending import add_synonyms
from support.indexing import index_all
from support.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def results(site_engine, root):
    """A reader of the results, who may change nothing."""
    community = make_community("Archive")
    make_lesson(community, "Een WOO-verzoek", language="nl", author=make_user("Femke"))
    make_lesson(community, "De Wet open overheid", language="nl")
    index_all()
    text = "WOO, Wet open overheid"
    add_synonyms(language="nl", text=text, one_way=False, by=make_admin())
    client = Client()
    client.force_login(make_user(language="en"))
    return client


def test_results_say_what_was_also_looked_for(results):
    page = results.get("/search/?q=woo")
    assert page.context["results"].total == 2
    assert "Also looked for: Wet open overheid. Search only as typed." in text_of(page)
    assert 'href="?q=woo&amp;typed=1"' in page.content.decode()


def test_only_as_typed(results):
    page = results.get("/search/?q=woo&typed=1")
    assert page.context["results"].total == 1
    assert "Searched only as typed. Look for Wet open overheid, too." in text_of(page)
    content = page.content.decode()
    assert 'href="?q=woo"' in content
    assert 'name="query" value="q=woo&amp;typed=1"' in content
    listed = results.get("/search/?q=woo&typed=1&page=1&sort=newest")
    assert listed.context["results"].total == 1
    assert "typed=1" in listed.context["query"]


def test_only_as_typed_holds_beside_filters_and_when_nothing_is_found(results):
    page = results.get("/search/?q=woo&kind=lesson")
    assert '<input type="hidden" name="typed"' not in page.content.decode()
    page = results.get("/search/?q=woo&kind=lesson&typed=1")
    assert '<input type="hidden" name="typed" value="1">' in page.content.decode()
    assert page.context["all_url"] == "?q=woo&typed=1"


def test_words_with_no_synonyms_say_nothing(results):
    for address in (
        "/search/?q=archive",
        "/search/?q=%22woo%22",
        "/search/?typed=1",
        "/search/?q=woo+wet+open+overheid",
    ):
        assert "looked for:" not in text_of(results.get(address)), address


def test_a_slip_is_read_as_in_the_row_and_both_are_said(results):
    add_synonyms(language="nl", text="informatieverzoek, WOO-verzoek", one_way=False, by=make_admin())
    page = results.get("/search/?q=infromatieverzoek")
    assert page.context["results"].total == 1
    said = text_of(page)
    assert "Showing results for informatieverzoek. Search instead for infromatieverzoek." in said
    assert "Also looked for: WOO-verzoek. Search only as typed." in said
    typed = results.get("/search/?q=infromatieverzoek&typed=1")
    assert (typed.context["results"].total, typed.context["results"].corrections) == (0, [])
    exact = results.get("/search/?q=%22infromatieverzoek%22")
    assert exact.context["results"].total == 0
