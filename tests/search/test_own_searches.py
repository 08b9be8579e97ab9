"""A person's own searches: kept for them alone, erased by them, and never of who does not want it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from factories.communities import make_community
from factories.people import make_user
from factories.wiki import make_lesson
from kring.people.actions.privacy import erase, export_data
from search.actions.recent import MOST, forget_old_searches, remember_search
from search.actions.saving import change_search, remove_search, save_search
from search.forms import Asked
from search.models import RecentSearch, SavedSearch, SearchesUnkept
from support.indexing import index_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(site_engine, root):
    """On each engine."""


@pytest.fixture
def reader(client):
    user = make_user("Reader", language="en")
    client.force_login(user)
    make_lesson(make_community("Buying", language="en"), "We moved our suppliers", language="en")
    index_all()
    return user


def recent_of(user):
    return list(RecentSearch.objects.filter(user=user).order_by("-at").values_list("words", "query"))


def saved_of(user):
    return list(SavedSearch.objects.filter(user=user).values_list("name", "query", "alert"))


def test_a_search_is_remembered_once_the_page_was_shown(client, reader):
    client.get("/search/?q=suppliers&kind=lesson&page=2")
    client.get("/search/?q=invoices")
    client.get("/search/?q=Suppliers")
    assert recent_of(reader) == [("Suppliers", "q=Suppliers"), ("invoices", "q=invoices")]
    page = client.get("/search/").content.decode()
    assert '<a href="/search/?q=invoices">invoices</a>' in page


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_what_nobody_meant_is_not_remembered(client, reader, headers):
    client.get("/search/?q=suppliers", headers=headers)
    client.head("/search/?q=suppliers")
    client.get("/search/suggest/?q=suppliers")
    client.get("/search/?kind=lesson")
    client.get("/search/")
    assert recent_of(reader) == []


def test_twenty_are_kept_for_ninety_days(reader):
    for number in range(MOST + 5):
        remember_search(asked=Asked(f"word {number}"), by=reader)
    assert len(recent_of(reader)) == MOST
    assert recent_of(reader)[-1] == ("word 5", "q=word+5")
    RecentSearch.objects.filter(words="word 7").update(at=timezone.now() - timedelta(days=91))
    assert forget_old_searches(timezone.now()) == 1


def test_who_switched_it_off_leaves_nothing(client, reader):
    client.get("/search/?q=suppliers")
    response = client.post("/search/yours/keep/", {"keep": "no"}, follow=True)
    assert "Nothing you search for is kept any more." in response.content.decode()
    client.get("/search/?q=invoices")
    assert recent_of(reader) == []
    client.post("/search/yours/keep/", {"keep": "yes"})
    client.get("/search/?q=invoices")
    assert recent_of(reader) == [("invoices", "q=invoices")]


def test_the_empty_box_offers_ones_own_alone(client, reader):
    assert client.get("/search/suggest/?q=").status_code == 204
    remember_search(asked=Asked("somebody's secret"), by=make_user())
    assert client.get("/search/suggest/?q=").status_code == 204
    remember_search(asked=Asked("suppliers"), by=reader)
    html = client.get("/search/suggest/?q=").content.decode()
    assert 'href="/search/?q=suppliers"' in html
    assert "secret" not in html


def test_one_is_erased_or_all_and_of_nobody_else(client, reader):
    other = make_user()
    remember_search(asked=Asked("theirs"), by=other)
    for words in ("one", "two", "three"):
        remember_search(asked=Asked(words), by=reader)
    theirs, mine = RecentSearch.objects.get(user=other), RecentSearch.objects.get(words="two")
    response = client.post(f"/search/recent/{mine.pk}/forget/", {"next": "/search/"})
    assert response["Location"] == "/search/"
    client.post(f"/search/recent/{theirs.pk}/forget/")
    assert [words for words, _query in recent_of(reader)] == ["three", "one"]
    client.post("/search/recent/forget/", {"next": "https://elsewhere.example/"})
    assert (recent_of(reader), len(recent_of(other))) == ([], 1)


def test_a_search_is_saved_from_its_page_with_its_choices(client, reader):
    page = client.get("/search/?q=suppliers&kind=lesson")
    assert page.context["save_query"] == "q=suppliers&kind=lesson"
    response = client.post(
        "/search/saved/new/", {"query": page.context["save_query"], "name": " My  suppliers ", "alert": "new"}
    )
    assert response["Location"] == "/search/?q=suppliers&kind=lesson"
    assert saved_of(reader) == [("My suppliers", "q=suppliers&kind=lesson", "new")]
    html = client.get(response["Location"]).content.decode()
    assert "Saved as “My suppliers”." in html
    assert "My suppliers" in client.get("/search/yours/").content.decode()
    # What is told of leads there.
    newest = client.get(response["Location"] + "&sort=newest").content.decode()
    assert "Saved as “My suppliers”." in newest
    assert "Save this search" in client.get("/search/?q=suppliers&sort=newest").content.decode()


@pytest.mark.parametrize(
    "sent, told",
    [
        ({"query": "", "name": "Typed", "alert": "new"}, "Type some words first"),
        ({"query": "q=x", "name": "Typed", "alert": "weekly"}, "Select a valid choice"),
        ({"query": "q=" + "x&tag=" + "&tag=".join("y" * 90 + str(n) for n in range(20)), "name": "Typed",
          "alert": "new"}, "too much to save"),
    ],
)  # fmt: skip
def test_a_refused_one_comes_back_with_what_was_typed(client, reader, sent, told):
    response = client.post("/search/saved/new/", sent)
    html = response.content.decode()
    assert response.status_code == 400
    assert told in html
    assert 'value="Typed"' in html
    assert saved_of(reader) == []


def test_a_saved_one_is_renamed_silenced_and_removed(client, reader):
    saved = save_search(asked=Asked("suppliers"), by=reader, alert="new")
    address = f"/search/saved/{saved.pk}/"
    refused = client.post(address, {"name": " ", "alert": "none"})
    assert refused.status_code == 400
    client.post(address, {"name": "Ours", "alert": "none"})
    assert saved_of(reader) == [("Ours", "q=suppliers", "none")]
    client.post(f"{address}remove/")
    assert saved_of(reader) == []


def test_what_others_saved_is_not_there(client, reader):
    saved = save_search(asked=Asked("suppliers"), by=make_user("Other"), name="Secret name")
    for address in (f"/search/saved/{saved.pk}/", f"/search/saved/{saved.pk}/remove/"):
        assert client.post(address, {"name": "x", "alert": "none"}).status_code == 404
    assert "Secret name" not in client.get("/search/yours/").content.decode()
    with pytest.raises(PermissionDenied):
        change_search(saved=saved, name="x", alert="none", by=reader)
    with pytest.raises(PermissionDenied):
        remove_search(saved=saved, by=reader)


def test_the_same_search_is_saved_once_and_a_hundred_are_enough(reader):
    save_search(asked=Asked("suppliers"), by=reader, name="One")
    save_search(asked=Asked("suppliers"), by=reader, name="Two")
    assert saved_of(reader) == [("Two", "q=suppliers", "none")]
    SavedSearch.objects.bulk_create(
        SavedSearch(user=reader, name="x", query=f"q={number}", looked_at=timezone.now())
        for number in range(99)
    )
    with pytest.raises(ValidationError):
        save_search(asked=Asked("one more"), by=reader)


def test_they_are_part_of_what_a_person_takes_along_and_go_with_them(reader):
    remember_search(asked=Asked("invoices"), by=reader)
    save_search(asked=Asked("suppliers"), by=reader, alert="new")
    held = export_data(reader)["search"]
    assert [row["words"] for row in held["recent"]] == ["invoices"]
    assert [(row["name"], row["alert"]) for row in held["saved"]] == [("suppliers", "new")]
    assert held["keeps_recent"] is True
    erase(person=reader, by=reader)
    assert (recent_of(reader), saved_of(reader), SearchesUnkept.objects.count()) == ([], [], 0)
