"""For real use: refuses what is insecure, each refusal with what to do."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLAUTH_TRUSTED_PROXY_COUNT, ALLOWED_HOSTS, BASE_URL, DATABASES, REDIS_URL, SECRET_KEY, env
from .refusals import refusals

_refused = refusals(
    secret_key=SECRET_KEY,
    base_url=BASE_URL,
    hosts=ALLOWED_HOSTS,
    sqlite=DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3",
    redis_url=REDIS_URL,
    processes=env.number("WEB_CONCURRENCY", 1),
)
if _refused:
    raise ImproperlyConfigured("\n".join(_refused))

SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
# Only a proxy can say which way a visitor came; without that word a redirect would never end.
SECURE_SSL_REDIRECT = SECURE and ALLAUTH_TRUSTED_PROXY_COUNT > 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
