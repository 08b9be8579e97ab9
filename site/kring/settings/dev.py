"""Development and the demo: loopback only, an own key kept in KRING_DATA, mail as files."""

from .base import *  # noqa: F403
from .base import DATA_DIR, SECRET_KEY, STORAGES, env

SECRET_KEY = SECRET_KEY or env.keep_secret(DATA_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
# A file that is edited while the site runs is served as it is then.
WHITENOISE_AUTOREFRESH = True
