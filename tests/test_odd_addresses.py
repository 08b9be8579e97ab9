"""Whatever somebody writes into an address: a page or "not there", never a failure."""

import pytest
from django.test import Client

from factories.communities import make_community
from factories.people import make_admin
from factories.wiki import make_article

ADDRESSES = (
    "/communities/",
    "/communities/{community}/members/",
    "/discussions/",
    "/discussions/new/",
    "/lessons/",
    "/lessons/new/",
    "/wiki/",
    "/wiki/new/",
    "/people/",
    "/people/colleagues/",
    "/people/skills/",
    "/inbox/",
    "/search/",
    "/search/suggest/",
    "/pages/{article}/",
)
PARAMETERS = (
    "page q words community tag kind state sort mine language outcome role team location skill direction new "
    "show parent label manager people year next"
).split()
ODD = {
    "empty": "",
    "letters": "abc",
    "negative": "-1",
    "no decimal digit": "²",
    "digits of another script": "٣",
    "too large": "9" * 40,
    "larger than the database counts": str(2**63),
    "a zero byte": "a\0b",
    "half a pair": "\ud83d",
    "a bidirectional mark": "a\u202eb",
    "markup": "<script>alert(1)</script>\"'",
    "very long": "kring " * 600,
    "unbalanced": '"(a OR [b* ~',
    "a list": "[1,2]",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ODD)
def test_odd_parameters_do_no_harm(name, settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    community = make_community(openness="private")
    values = {"community": community.pk, "article": make_article(community).pk}
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(make_admin())
    value = ODD[name].encode("utf-8", "surrogatepass")
    found = {}
    for address in ADDRESSES:
        response = client.get(address.format(**values), dict.fromkeys(PARAMETERS, value))
        found[address] = response.status_code
        assert b"<script>alert(1)" not in response.content
    assert {address: status for address, status in found.items() if status not in (200, 204, 302, 404)} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/people/{number}/",
        "/communities/{number}/members/",
        "/discussions/{number}/",
        "/pages/{number}/",
        "/comments/{number}/",
        "/talk/lesson/{number}/",
        "/inbox/{number}/",
        "/media/people/{number}/picture.png",
    ],
)
def test_numbers_beyond_every_count_are_not_there(client, address):
    client.force_login(make_admin())
    for number in (0, 2**63, 10**40):
        assert client.get(address.format(number=number), headers={"host": "localhost"}).status_code == 404
