"""For the test suite: quick hashes, mail in memory, tasks only when a test runs them."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KRING_DATA", str(Path(tempfile.gettempdir()) / "kring-test"))

from .base import *  # noqa: F403

SECRET_KEY = "test"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # On disk, so that threads of a live server see it and a second run can use it again.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # noqa: F405
