"""What every test may ask for."""

import pytest
from django.contrib.sites.models import Site
from django.db import connection

from factories.communities import make_root


@pytest.fixture
def root(db):
    """The root of the page tree, as on a new site."""
    return make_root()


@pytest.fixture
def site_name(db):
    return Site.objects.get_current().name


def pytest_terminal_summary(terminalreporter):
    """What this run left out, in a line. Skipped tests say theirs themselves."""
    if connection.vendor == "sqlite":
        terminalreporter.write_line(
            "Not run: this suite on PostgreSQL (DATABASE_URL names a server)."
        )
