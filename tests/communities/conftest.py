"""A community with a question in it, and everybody who may come there."""

import pytest

from factories.circle import make_circle


@pytest.fixture
def circle(root):
    """Make a community of the given openness: factories.circle.make_circle()."""
    return make_circle


@pytest.fixture
def as_(client, circle):
    """Sign in by role, in a community of the given openness."""

    def sign_in(role="member", openness="open", **fields):
        made = circle(openness, **fields)
        if role != "signed out":
            client.force_login(made.who(role))
        return made

    return sign_in
