"""What one's own communities have stands a little higher, and never above a clearly better text."""

import pytest

from factories.communities import make_community, make_discussion, make_member
from factories.people import make_user
from kring.indexing.registry import audience_of
from search.engines import Query
from search.results import find
from support.indexing import index_all

pytestmark = pytest.mark.django_db
TITLE = "Which supplier sends invoices twice?"


@pytest.fixture
def communities(site_engine, root):
    return [make_community(name) for name in ("Buying", "Selling")]


def order(user, text):
    return [hit.object_id for hit in find(user, Query(text, audience_of(user))).hits]


def test_of_two_that_fit_equally_well_ones_own_comes_first(communities):
    readers = [make_user(), make_user()]
    for reader, community in zip(readers, communities, strict=True):
        make_member(community, reader)
    here, there = (make_discussion(community, TITLE).pk for community in communities)
    index_all()
    asked = "supplier invoices"
    assert [order(reader, asked) for reader in readers] == [[here, there], [there, here]]


def test_a_better_text_elsewhere_comes_first(communities):
    reader = make_user()
    make_member(communities[0], reader)
    make_discussion(communities[0], "Who knows a supplier?", body="<p>Ruth reads invoices.</p>")
    better = make_discussion(communities[1], TITLE)
    index_all()
    assert order(reader, "supplier sends invoices")[0] == better.pk
    assert order(reader, "supplier invoices")[0] == better.pk
