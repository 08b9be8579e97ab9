"""For the test suite: quick hashes, mail in memory, tasks only when a test runs them."""

import hashlib
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("KRING_DATA", str(Path(tempfile.gettempdir()) / "kring-test"))

from .base import *  # noqa: F403
from .base import DATA_DIR, DATABASES, INSTALLED_APPS, PACKAGE_DIR, STORAGES

SECRET_KEY = "test"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests of the second engine name their server themselves.
MEILISEARCH_URL = ""
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True


def _schema() -> str:
    """Another for other migrations, so that a database kept from last time is never one of another form."""
    packages = (
        "django",
        "wagtail",
        "django-allauth",
        "django-comments-xtd",
        "django-taggit",
        "django-tasks-db",
    )
    found = [*INSTALLED_APPS, *(f"{name} {version(name)}" for name in packages)]
    for path in sorted(PACKAGE_DIR.parents[1].glob("**/migrations/*.py")):
        if ".venv" not in path.parts:
            found.append(f"{path.name} {path.read_text('utf-8')}")
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:8]


if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # On disk, so that threads of a live server see it and a second run can use it again.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / f"test-{_schema()}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_kring_{_schema()}"}
