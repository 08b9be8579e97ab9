"""Development and the demo: loopback only, an own key kept in KRING_DATA."""

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = SECRET_KEY or "only-for-development-on-loopback"  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
