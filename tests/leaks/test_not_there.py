"""What one may not read answers like what never was: the same status, the same bytes, the same work."""

import re

import pytest
from django.test import Client

from factories.communities import make_community
from factories.wiki import make_lesson
from support.access import Visitor
from support.every_address import every_address
from support.hideout import SAID, fill, left, make_outsiders, took_part
from support.indexing import index_all
from support.numbers import RARE
from support.queries import cost, growth
from support.subjects import texts

NOTHING = RARE + 2000000
# What differs between two requests for the same page.
FLEETING = re.compile(r"data-token=\"[^\"]*|[a-zA-Z0-9]{32,64}|expires=[^;]+")
SENDS = (
    "title=Well&text=Well&body=Well&reason=unkind&state=follow&keep=yes&give=thanks&role=member&level=all&"
    "outcome=accept&upheld=1&granted=1&agree=1&kind=question&language=en&community={0}&comment={0}&into={0}&"
    "page={0}&parent={0}&opening={0}&message=Well&answer=Well"
)
# Addresses without a number of their own, that are asked about something.
ABOUT = (
    "/discussions/new/?community={0}",
    "/discussions/start/?community={0}&chapter={0}",
    "/lessons/new/?community={0}&discussion={0}",
    "/lessons/new/?discussion={0}&comment={0}",
    "/wiki/new/?community={0}&discussion={0}",
    "/discussions/?community={0}",
    "/lessons/?community={0}",
    "/wiki/?community={0}",
    "/moderation/?community={0}",
    "/search/?q=dyeing&community={0}",
    "/people/?community={0}",
    "/communities/?community={0}",
)
LISTS = (
    "/",
    "/communities/",
    "/discussions/",
    "/discussions/?tag=dyeing",
    f"/discussions/?words={SAID}",
    "/lessons/",
    "/lessons/?tag=dyeing",
    "/wiki/",
    "/people/",
    "/people/?skill=dyeing",
    "/inbox/",
    "/kept/",
    f"/search/?q={SAID}",
    "/search/?q=dyeing",
    f"/search/suggest/?q={SAID[:6]}",
    f"/search/similar/?title={SAID}",
)


def answer_to(visitor, method: str, address: str, number: int) -> tuple[int, str]:
    """Status and everything that is told, with the address and the number taken out."""
    path = address.format(number)
    answer = visitor.ask(method, path, SENDS.format(number))
    told = FLEETING.sub("", answer.told).replace(path.replace("&", "&amp;"), "").replace(path, "")
    return answer.response.status_code, told.replace(str(number), "#") if number else told


def differences(visitor, method: str, addresses: list[str]) -> list[tuple[str, ...]]:
    """The addresses that tell apart what is hidden and what is not there, and by what."""
    found = []
    for address in addresses:
        for number in range(1, 5):
            hidden = answer_to(visitor, method, address, RARE + number)
            nothing = answer_to(visitor, method, address, NOTHING + number)
            if hidden != nothing:
                lines = set(hidden[1].splitlines()) ^ set(nothing[1].splitlines())
                found.append((method, address, str(RARE + number), str(hidden[0]), str(nothing[0]), *lines))
    return found


@pytest.fixture
def hideout(db):
    made = make_outsiders()
    took_part(made)
    left(made)
    fill(made)
    index_all(learns=True)
    return made


def addresses() -> list[str]:
    """Those with a number, and a place for it in braces."""
    values = {"path": ["nowhere/"], "slug": ["x"], "name": ["x"], "secret": ["x"], "token": ["x"]}
    every = every_address(["{0}"], values)
    return [*(one for one in every if "{0}" in one), *ABOUT]


def test_a_colleague_cannot_tell_what_is_hidden_from_what_never_was(hideout):
    assert differences(Visitor(hideout.outsiders["employee"]), "GET", addresses()) == []
    assert len(addresses()) > 100


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", ["employee", "guest of another community", "former member", "blocked"])
def test_nobody_outside_can_tell_what_is_hidden_from_what_never_was(hideout, role, method):
    assert differences(Visitor(hideout.outsiders[role]), method, addresses()) == []


def test_paths_and_files_of_it_answer_like_those_of_nothing(hideout):
    visitor = Visitor(hideout.outsiders["employee"])
    # As long as those of it, since a page tells its length.
    unknown = {path: re.sub(r"[^/]", "x", path) for path in hideout.paths}
    pairs = [(f"/communities/{path}", nothing) for path, nothing in unknown.items()]
    pairs = [(hidden, f"/communities/{nothing}") for hidden, nothing in pairs]
    pairs += [(f"/media/{name}", f"/media/{name[:-8]}{'x' * 4}{name[-4:]}") for name in hideout.files]
    for hidden, nothing in pairs:
        assert answer_to(visitor, "GET", hidden, 0) == answer_to(visitor, "GET", nothing, 0), hidden
    assert len(pairs) > 4


def test_lists_cost_the_same_whether_or_not_something_hidden_matches(db):
    made = make_outsiders()
    clients = {role: Client(headers={"host": "localhost"}) for role in ("employee", "blocked")}
    for role, client in clients.items():
        client.force_login(made.outsiders[role])
    elsewhere = make_community()
    for _name, words in texts(4):
        make_lesson(elsewhere, " ".join(words))
    index_all(learns=True)
    before = costs(clients)
    fill(made)
    index_all(learns=True)
    after = costs(clients)
    grown = {key: growth(before[key], after[key]) + growth(after[key], before[key]) for key in before}
    assert {key: lines for key, lines in grown.items() if lines} == {}


def costs(clients):
    """Asked for twice: what is kept by the first is not counted."""
    for client in clients.values():
        for address in LISTS:
            client.get(address)
    return {(role, address): cost(client, address) for role, client in clients.items() for address in LISTS}
