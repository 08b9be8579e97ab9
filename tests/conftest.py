"""What every test may ask for."""

import pytest
from django.contrib.sites.models import Site

from factories.communities import make_root


@pytest.fixture
def root(db):
    """The root of the page tree, as on a new site."""
    return make_root()


@pytest.fixture
def site_name(db):
    return Site.objects.get_current().name
