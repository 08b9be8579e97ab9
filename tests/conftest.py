"""What every test may ask for."""

import pytest
from django.contrib.sites.models import Site
from django.db import connection

from factories.circle import make_circle
from factories.communities import make_root


@pytest.fixture
def root(db):
    """The root of the page tree, as on a new site."""
    return make_root()


@pytest.fixture
def site_name(db):
    return Site.objects.get_current().name


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


def pytest_terminal_summary(terminalreporter):
    """What this run left out, in a line. Skipped tests say theirs themselves."""
    if connection.vendor == "sqlite":
        terminalreporter.write_line("Not run: this suite on PostgreSQL (DATABASE_URL names a server).")
