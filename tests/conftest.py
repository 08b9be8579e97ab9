"""What every test may ask for."""

import pytest
from django.conf import settings
from django.contrib.sites.models import Site
from django.db import connection
from django.test import override_settings

from factories.circle import make_circle
from factories.communities import make_root
from kring.ui.catalogues import compile_catalogues
from support.meilisearch import available
from support.server import running_site


def pytest_configure():
    """Dutch is read from compiled catalogues, also where the site never ran."""
    compile_catalogues(settings.PACKAGE_DIR / "locale", settings.DATA_DIR / "locale")


@pytest.fixture
def root(db):
    """The root of the page tree, as on a new site."""
    return make_root()


@pytest.fixture
def site_name(db):
    return Site.objects.get_current().name


@pytest.fixture(scope="session")
def running_address(django_db_setup, tmp_path_factory):
    """The whole site on a port of its own, one for all tests of this process, in a data folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    with override_settings(DATA_DIR=folder, WORKER_IN_WEB=False), running_site() as address:
        yield address


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
    if not available():
        terminalreporter.write_line(
            "Not run: the second search engine (a `meilisearch` on the path, or MEILISEARCH_URL)."
        )
