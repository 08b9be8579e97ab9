"""People in their roles, around one community."""

import pytest

from factories.communities import make_community, make_member
from factories.people import make_admin, make_guest, make_user


@pytest.fixture
def people(root):
    """Role to person; all but the stranger and the administrator belong to the private community."""

    def make(**fields):
        community = make_community("Suppliers", **fields)
        found = {
            role: make_member(community, make_user(role, language="en"), role=role).user
            for role in ("member", "moderator", "lead")
        }
        found["stranger"] = make_user("stranger", language="en")
        found["guest"] = make_guest(name="guest", language="en")
        found["administrator"] = make_admin(name="administrator", language="en")
        return community, found

    return make


@pytest.fixture
def as_(client, people):
    """Sign in by role, in a community of the given openness."""

    def sign_in(role="member", **fields):
        community, roles = people(**{"openness": "open", **fields})
        client.force_login(roles[role])
        return community, roles

    return sign_in
