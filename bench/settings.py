"""The site's settings in a folder of its own, with the bare peer added."""

import os
import tempfile

os.environ.setdefault("KRING_DATA", tempfile.mkdtemp(prefix="kring-bench-"))
os.environ.setdefault("SECRET_KEY", "a key for benchmarks only, fifty characters and some")

from kring.settings.base import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "bench.bare"]  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
ALLOWED_HOSTS = ["localhost"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
