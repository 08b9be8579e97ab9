"""What was asked before, for somebody who is about to ask."""

import pytest

from factories.circle import make_circle
from factories.communities import make_community, make_discussion, make_member
from factories.people import make_guest, make_user
from factories.wiki import make_lesson
from search.similar import similar
from support.indexing import index_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(site_engine, root):
    """On each engine."""


@pytest.fixture
def reader(root):
    return make_user(language="en")


def titles(cards):
    return [card.hit.title.replace("<mark>", "").replace("</mark>", "") for card in cards]


@pytest.fixture
def asked(root):
    community = make_community("Suppliers")
    first = make_discussion(community, "Can a supplier keep the old invoice numbers?", state="solved")
    make_discussion(community, "When is the canteen open?")
    make_lesson(community, "Old invoice numbers were used twice")
    make_lesson(community, "Bread keeps longer in paper")
    index_all()
    return first


def test_questions_and_lessons_that_are_like_it_are_found(reader, asked):
    found = similar(reader, "Do suppliers keep their old invoice numbers")
    assert titles(found)[0] == asked.title
    assert "Old invoice numbers were used twice" in titles(found)
    assert "When is the canteen open?" not in titles(found)


@pytest.mark.parametrize("title", ["", "How", "What is the", "invoice", " ", "\0"])
def test_too_few_words_find_nothing(reader, asked, title):
    assert similar(reader, title) == []


def test_the_text_helps_where_the_title_says_too_little(reader, asked):
    assert similar(reader, "Strange thing yesterday") == []
    found = similar(reader, "Strange thing yesterday", "Somebody wants to keep the old invoice numbers.")
    assert asked.title in titles(found)


def test_the_page_shows_each_with_its_state(client, reader, asked):
    client.force_login(reader)
    response = client.get("/search/similar/?title=old+invoice+numbers&body=<p>Hm</p>")
    page = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert f'href="{asked.get_absolute_url()}"' in page
    assert "Solved" in page
    assert client.get("/search/similar/?title=zebra+giraffe").content == b""
    assert client.get("/search/similar/").content == b""
    assert client.post("/search/similar/").status_code == 405


@pytest.mark.parametrize("who", ["guest", "staff"])
def test_nothing_of_a_private_community_is_told(client, who):
    circle = make_circle("private", "Zilverreiger circle")
    make_discussion(circle.community, "Zilverreiger old invoice numbers")
    index_all()
    user = make_guest(language="en") if who == "guest" else make_user(language="en")
    make_member(make_community(), user)
    client.force_login(user)
    assert client.get("/search/similar/?title=zilverreiger+old+invoice+numbers").content == b""
    client.force_login(circle.who("member"))
    assert "Zilverreiger" in client.get("/search/similar/?title=zilverreiger+old+invoice").content.decode()


def test_where_search_is_not_ready_there_is_nothing(client, reader):
    client.force_login(reader)
    assert client.get("/search/similar/?title=old+invoice+numbers").content == b""
    sent = {"title": "Old invoice numbers", "kind": "question", "look": "1"}
    assert client.post("/discussions/new/", sent).status_code == 200


def test_the_form_looks_without_script_and_keeps_all_that_was_typed(client, reader, asked):
    client.force_login(reader)
    sent = {
        "kind": "question",
        "title": "Old invoice numbers?",
        "body": "Of *all* suppliers.",
        "tag_words": "paper",
        "community": "",
        "look": "1",
    }
    response = client.post("/discussions/new/", sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert asked.title.split(" old ")[0] in page
    for kept in ('value="Old invoice numbers?"', "Of *all* suppliers.", 'value="paper"'):
        assert kept in page
    assert "field__error" not in page
    assert type(asked).objects.filter(title="Old invoice numbers?").count() == 0
    nothing = client.post("/discussions/new/", sent | {"title": "Zebra giraffe", "body": ""})
    assert "Nothing like it was found" in nothing.content.decode()
