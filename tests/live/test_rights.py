"""Every role at the socket of a conversation: who reads the page reads along, and nobody else."""

import csv

import pytest

from support.access import ROOT_TABLE
from support.hideout import fill, keys_of_sockets, left, make_outsiders, took_part
from support.scene import ROLES, make_scene

REFUSED = 403


def readers(openness):
    """The roles that get the page of the question, by the table of access."""
    with ROOT_TABLE.open(newline="") as file:
        row = next(
            row
            for row in csv.DictReader(file)
            if row["community"] == openness
            and row["method"] == "GET"
            and row["address"] == "/discussions/{discussion}/{discussion_slug}/"
        )
    return {role for role in ROLES if row[role] == "yes"}


@pytest.mark.parametrize("openness", ["open", "on_request", "private"])
def test_who_reads_the_page_reads_along(db, listen, openness):
    scene = make_scene(openness)
    key = f"discussion-{scene.values['discussion']}"
    found = {role for role in ROLES if listen(scene.people[role], key) != REFUSED}
    assert found == readers(openness)


@pytest.mark.parametrize("label", ["lesson", "article"])
def test_the_same_holds_for_what_else_is_talked_about(db, listen, label):
    scene = make_scene("private")
    key = f"{label}-{scene.values[label]}"
    found = {role for role in ROLES if listen(scene.people[role], key) != REFUSED}
    assert found == readers("private")


def test_what_is_not_published_is_read_along_by_nobody_who_may_not_see_it(db, listen):
    scene = make_scene("on_request")
    assert listen(scene.people["employee"], f"article-{scene.values['unpublished']}") == REFUSED


def test_outsiders_hear_of_no_conversation_and_not_that_there_is_one(db, listen):
    made = make_outsiders(rare=False)
    for step in (took_part, left, fill):
        step(made)
    found = {
        (role, key): listen(person, key)
        for role, person in made.outsiders.items()
        for key in (*keys_of_sockets(), "discussion-9999999")
    }
    assert set(found.values()) == {REFUSED}
    assert len(keys_of_sockets()) > 5
