"""Menus: what stands in them leads somewhere, for everybody who sees it."""

import re

import pytest
from django.test import Client

from factories.circle import ROLES, make_circle
from kring.ui import navigation
from kring.ui.navigation import Entry, entries

MENUS = ("main", "create", "me", "settings")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES if role != "signed out"])
def test_every_entry_that_somebody_sees_leads_somewhere(role):
    person = make_circle("open").who(role)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    seen = [entry.url for menu in MENUS for entry in entries(menu, person)]
    assert {url: client.get(url).status_code for url in seen} == dict.fromkeys(seen, 200)
    assert len(seen) > 5


@pytest.mark.django_db
def test_who_is_signed_out_sees_no_entry():
    nobody = make_circle().who("signed out")
    assert [entry for menu in MENUS for entry in entries(menu, nobody)] == []


@pytest.mark.django_db
def test_nobody_is_offered_what_they_may_not_do():
    """A guest outside all communities may neither ask nor start a discussion; only administrators invite."""
    circle = make_circle("on_request")
    offered = {
        role: {entry.url_name for menu in MENUS for entry in entries(menu, circle.who(role))}
        for role in ("guest", "staff", "member", "administrator")
    }
    asking = {"discussion_new", "discussion_start"}
    assert [role for role in offered if asking & offered[role]] == ["member", "administrator"]
    assert [role for role in offered if "invitations" in offered[role]] == ["administrator"]


@pytest.mark.django_db
def test_every_link_around_a_page_leads_somewhere(client):
    """Of header, footer and bar, as they are drawn."""
    client.force_login(make_circle().who("administrator"))
    page = client.get("/people/", headers={"host": "localhost"}).content.decode()
    around = page[: page.index("<main")] + page[page.index("</main>") :]
    links = {url for url in re.findall(r'<a [^>]*href="([^"#]+)"', around) if url.startswith("/")}
    assert len(links) > 10
    found = {url: client.get(url, headers={"host": "localhost"}).status_code for url in links}
    assert {url: status for url, status in found.items() if status not in (200, 302)} == {}


def test_entries_stand_in_order_and_once(monkeypatch):
    monkeypatch.setattr(navigation, "_menus", {"main": {}})
    for order, name in ((20, "people"), (10, "home"), (30, "people")):
        navigation.register("main", Entry(name, name, "icon", order=order, shown=lambda user: True))
    assert [(entry.url_name, entry.order) for entry in entries("main", None)] == [
        ("home", 10),
        ("people", 30),
    ]


def test_there_are_no_other_menus():
    with pytest.raises(KeyError):
        navigation.register("side", Entry("Home", "home", "home"))
