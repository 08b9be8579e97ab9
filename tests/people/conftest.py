"""A clean counter of attempts, and uploads in a folder of the test's own."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _clean(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
