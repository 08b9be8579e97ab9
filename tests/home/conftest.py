"""Somebody who reads the home page, and a community that is theirs."""

import pytest

from factories.communities import make_community, make_member
from factories.people import make_user


@pytest.fixture
def reader(root):
    return make_user("Femke de Vries", language="en")


@pytest.fixture
def mine(reader):
    """A community in which the reader is a member."""
    community = make_community("Suppliers")
    make_member(community, reader)
    return community
