"""Who may open what: every address, asked for as every role, compared with table.csv beside this file.

A row is an address, a method, the openness of the community it is about ("any" where it is about none), and what
each role gets: yes, sign in, no, not there, moved (to another page), wrong method, or a status. A POST sends an
empty form, so "yes" means that the form came back. Outsiders must not find a word of a private community.
"""

import csv
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve
from support.access import MARK, OUTSIDERS, ROLES, WORD, addresses, ask, client_of, make_scene, outcome

from kring.people.models import User

TABLE = Path(__file__).parent / "table.csv"
OPENNESS = ("any", "open", "on_request", "private")
# What Django and Wagtail answer themselves, before anybody's page is looked at.
DOORS = ("/admin/login/", "/admin/logout/", "/admin/password_reset/", "/admin/jsi18n/")


def rows() -> list[dict[str, str]]:
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def scene(request, db):
    return make_scene("open" if request.param == "any" else request.param)


@pytest.mark.parametrize("scene, openness", [(one, one) for one in OPENNESS], indirect=["scene"])
def test_every_role_gets_what_the_table_says(scene, openness):
    wanted, found = {}, {}
    for row in (row for row in rows() if row["community"] == openness):
        key = f"{row['method']} {row['address']}"
        address = row["address"].format(**scene.values)
        wanted[key] = {role: row[role] for role in ROLES}
        found[key] = {
            role: outcome(ask(scene.people[role], row["method"], address)[0]) for role in ROLES
        }
    assert found == wanted
    assert len(found) > 20


@pytest.mark.parametrize("scene", ["open"], indirect=True)
def test_the_table_holds_every_address(scene):
    names = {resolve(row["address"].format(**scene.values).split("?")[0]).view_name for row in rows()}
    routes = {resolve(row["address"].format(**scene.values).split("?")[0]).route for row in rows()}
    missing = [(name, pattern) for name, pattern in addresses() if name not in names and pattern not in routes]
    assert missing == []


@pytest.mark.parametrize("scene", ["private"], indirect=True)
@pytest.mark.parametrize("role", OUTSIDERS)
def test_a_private_community_leaves_no_trace_for_outsiders(scene, role):
    traces = []
    for row in rows():
        address = row["address"].format(**scene.values)
        response, body = ask(scene.people[role], row["method"], address)
        told = body + str(response.headers)
        if MARK in told and MARK not in address or MARK.lower() in response.get("Location", ""):
            traces.append(f"{row['method']} {row['address']}")
    assert traces == []


@pytest.mark.parametrize("scene", ["private"], indirect=True)
def test_members_see_the_words_that_outsiders_must_not(scene):
    _, body = ask(scene.people["member"], "GET", f"/communities/{scene.values['community_path']}")
    assert MARK in body
    assert WORD in body


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("editor", "administrator", "anonymous")])
@pytest.mark.parametrize("scene", ["open"], indirect=True)
def test_the_administration_is_closed_to(scene, role):
    client = client_of(scene.people[role])
    found = {address: client.get(address).status_code for address in _administration() if address not in DOORS}
    assert set(found.values()) == {403}
    assert len(found) > 30


@pytest.mark.parametrize("scene", ["open"], indirect=True)
def test_the_administration_asks_strangers_to_sign_in(scene):
    client = Client(headers={"host": "localhost"})
    found = {address: outcome(client.get(address)) for address in _administration() if address not in DOORS}
    assert set(found.values()) == {"sign in"}


@pytest.mark.parametrize("role", ["editor", "administrator"])
@pytest.mark.parametrize("scene", ["open"], indirect=True)
def test_those_who_read_everything_enter_the_administration(scene, role):
    user: User = scene.people[role]
    assert client_of(user).get("/admin/").status_code == 200


def _administration() -> list[str]:
    """The addresses of the administration that need nothing filled in."""
    from django.urls import URLPattern, URLResolver, get_resolver

    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for one in patterns:
            text = before + str(one.pattern).removeprefix("^").removesuffix("$")
            if isinstance(one, URLResolver):
                walk(one.url_patterns, text)
            elif text.startswith("/admin/") and not set(text) & set("<(\\["):
                found.append(text)

    walk(get_resolver().url_patterns, "/")
    return found
