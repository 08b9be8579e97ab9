"""Uploads and the index of these tests alone."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.INDEX_DIR = tmp_path / "index"
    cache.clear()
