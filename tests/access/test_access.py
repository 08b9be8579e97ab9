"""Who may open what: every address, asked for as every role, compared with table.csv beside this file.

A row is a method, an address and what a POST sends, the openness of the community it is about ("any" where it
is about none), and what each role gets: yes, sign in, no, not there, moved (to another page; what was sent is
done), wrong method. A form that comes back with what is wrong in it is a yes.
"""

import csv
from pathlib import Path

import pytest
from django.urls import resolve

from support.access import Visitor, addresses
from support.indexing import index_all
from support.scene import MARK, OUTSIDERS, ROLES, WORD, make_scene

TABLE = Path(__file__).parent / "table.csv"
OPENNESS = ("any", "open", "on_request", "private")
# Between open and private: its cells are a mixture of theirs, so it can wait.
SLOW = {"on_request": pytest.mark.slow}
# Asked for because nothing is there.
NO_ADDRESSES = {"/nowhere/", "/old-address/"}
# They show what one may read and nothing of the rest: test_traces.py.
LISTS = ("/lessons/", "/wiki/", "/discussions/", "/communities/?", "/search/", "/people/")


def rows(openness: str = "") -> list[dict[str, str]]:
    with TABLE.open(newline="") as file:
        return [row for row in csv.DictReader(file) if openness in ("", row["community"])]


@pytest.mark.parametrize("openness", [pytest.param(one, marks=SLOW.get(one, ())) for one in OPENNESS])
def test_every_role_gets_what_the_table_says(db, openness):
    """And outsiders of a private community no word of it, in pages, headers and redirects."""
    scene = make_scene("open" if openness == "any" else openness)
    index_all()
    visitors = {role: Visitor(scene.people[role]) for role in ROLES}
    wanted, found, traces = {}, {}, []
    for row in rows(openness):
        key = f"{row['method']} {row['address']} {row['sends']}".strip()
        address = row["address"].format(**scene.values)
        sends = row["sends"].format(**scene.values)
        answers = {role: visitors[role].ask(row["method"], address, sends) for role in ROLES}
        wanted[key] = {role: row[role] for role in ROLES}
        found[key] = {role: answer.outcome for role, answer in answers.items()}
        traces += [(key, role) for role in OUTSIDERS if _tells(answers[role], address)]
    assert found == wanted
    assert len(found) > 50
    if openness == "private":
        assert traces == []


def _tells(answer, address: str) -> bool:
    """Whether there is a word of the community in it, apart from the address that was asked for."""
    return MARK.lower() in answer.told.lower().replace(address.lower(), "")


def test_members_see_the_words_that_outsiders_must_not(db):
    scene = make_scene("private")
    index_all()
    member = Visitor(scene.people["member"])
    for address in (f"/communities/{scene.values['community_path']}", "/lessons/", f"/search/?q={WORD}"):
        assert MARK in member.ask("GET", address).body


def test_the_table_holds_every_address(db):
    """Those of the administration are asked for in test_administration.py."""
    scene = make_scene("open")
    asked = {row["address"].format(**scene.values).split("?")[0] for row in rows()}
    listed = {resolve(path).route for path in asked - NO_ADDRESSES}
    assert {pattern for _, pattern in addresses()} - listed == set()


def test_each_openness_is_asked_for_the_same():
    asked = {
        openness: [(row["method"], row["address"], row["sends"]) for row in rows(openness)]
        for openness in OPENNESS[1:]
    }
    assert asked["open"] == asked["on_request"] == asked["private"]


def test_no_row_makes_peace_with_an_error():
    words = {row[role] for row in rows() for role in ROLES}
    assert words == {"yes", "sign in", "no", "not there", "moved", "wrong method"}


def test_outsiders_of_a_private_community_get_what_they_get_of_nothing():
    """Another answer than for an address that never was would tell that something is there."""
    told = [
        (row["method"], row["address"], role, row[role])
        for row in rows("private")
        for role in ("outside guest", "employee")
        if row[role] != "not there" and not row["address"].startswith(LISTS)
    ]
    assert told == []
