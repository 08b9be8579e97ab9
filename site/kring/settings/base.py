"""What every way of running has in common. Variables: docs/operations.md."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from . import environment as env
from .logs import logging_settings

PACKAGE_DIR = env.PROJECT_DIR
# An installed package carries the templates inside; a checkout has them at its root.
TEMPLATES_DIR = next(
    folder
    for folder in (PACKAGE_DIR / "templates", PACKAGE_DIR.parents[1] / "templates")
    if (folder / "base.html").exists()
)
DATA_DIR = env.data_dir()

SITE_NAME = env.text("KRING_NAME", "Kring")
WAGTAIL_SITE_NAME = SITE_NAME
BASE_URL = env.text("KRING_URL", "http://localhost:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("KRING_HOSTS")]
if urlsplit(BASE_URL).hostname not in {None, *ALLOWED_HOSTS}:
    ALLOWED_HOSTS.append(urlsplit(BASE_URL).hostname)
SECRET_KEY = env.text("SECRET_KEY") or env.kept_secret(DATA_DIR)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

INSTALLED_APPS = [
    "kring.home",
    "kring.insights",
    "kring.api",
    "wiki",
    "mentoring",
    "events",
    "communities",
    # The comment app must stand before ours: its signal receiver is removed in our ready().
    "django_comments_xtd",
    "django_comments",
    "kring.conversations",
    "search",
    "kring.recognition",
    "kring.notifications",
    "kring.people",
    "kring.indexing",
    "kring.importing",
    "kring.activity",
    "kring.worker",
    "kring.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_prose_editor",
    "django_htmx",
    "template_partials",
    "channels",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kring.ui.middleware.drop_zero_bytes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kring.ui.middleware.LoginRequiredMiddleware",
    "kring.ui.middleware.PreferencesMiddleware",
    "kring.ui.middleware.AdministrationMiddleware",
    "kring.ui.drafts.DraftMiddleware",
    "kring.ui.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "kring.urls"
ASGI_APPLICATION = "kring.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATES_DIR],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "kring.ui.context.site",
            ],
        },
    }
]
FORM_RENDERER = "kring.ui.forms.Renderer"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'kring.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

# Background tasks run in a thread of the web process, unless separate workers do them.
WORKER_IN_WEB = env.flag("KRING_WORKER_IN_WEB", True)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# With a URL the index is kept by that server; else in a folder, by this process.
MEILISEARCH_URL = env.text("MEILISEARCH_URL")
MEILISEARCH_API_KEY = env.text("MEILISEARCH_API_KEY")
MEILISEARCH_PREFIX = env.text("MEILISEARCH_PREFIX", "kring")
# With a URL a Meilisearch server asks that model what texts mean: they leave the house. Off by default.
EMBEDDINGS_URL = env.text("KRING_EMBEDDINGS_URL")
EMBEDDINGS_MODEL = env.text("KRING_EMBEDDINGS_MODEL")
EMBEDDINGS_KEY = env.text("KRING_EMBEDDINGS_KEY")
EMBEDDINGS_CLOSE = env.number("KRING_EMBEDDINGS_CLOSE", 75)
INDEX_DIR = DATA_DIR / "index"

# People and sign-in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "account_login"
# Who may make an account without an invitation: addresses at these domains, after confirming them.
SIGNUP_DOMAINS = [domain.lower().removeprefix("@") for domain in env.words("KRING_SIGNUP_DOMAINS")]
ACCOUNT_ADAPTER = "kring.people.actions.signing_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]
# How many proxies stand before the site: without it limits would count all visitors as one.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("KRING_TRUSTED_PROXIES", 0)
ACCOUNT_FORMS = {
    "login": "kring.people.forms.signing_in.LoginForm",
    "signup": "kring.people.forms.signing_in.SignupForm",
    "reset_password": "kring.people.forms.signing_in.ResetPasswordForm",
    "reset_password_from_key": "kring.people.forms.signing_in.ResetPasswordKeyForm",
    "change_password": "kring.people.forms.signing_in.ChangePasswordForm",
    "set_password": "kring.people.forms.signing_in.SetPasswordForm",
    "reauthenticate": "kring.people.forms.signing_in.ReauthenticateForm",
    "add_email": "kring.people.forms.signing_in.AddEmailForm",
}
# Passkeys belong to a name: a browser makes none for an address such as 192.0.2.7.
MFA_ADAPTER = "kring.people.actions.signing_in.TwoStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if env.host_is_a_name(BASE_URL) else [])]
MFA_PASSKEY_LOGIN_ENABLED = "webauthn" in MFA_SUPPORTED_TYPES
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://localhost")
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "kring.people.forms.signing_in.CodeForm",
    "reauthenticate": "kring.people.forms.signing_in.CodeAgainForm",
    "activate_totp": "kring.people.forms.signing_in.ActivateTOTPForm",
    "add_webauthn": "kring.people.forms.signing_in.AddPasskeyForm",
    "edit_webauthn": "kring.people.forms.signing_in.EditPasskeyForm",
}

# The company's account (OpenID Connect). An account is recognised by the address the issuer has verified.
OIDC_ISSUER = env.text("KRING_OIDC_ISSUER").rstrip("/")
OIDC_NAME = env.text("KRING_OIDC_NAME", SITE_NAME)
OIDC_ONLY = bool(OIDC_ISSUER) and env.flag("KRING_OIDC_ONLY")
SOCIALACCOUNT_ADAPTER = "kring.people.actions.signing_in.CompanyAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# The policy on form targets refuses a POST that ends at another host; the link carries a one-time state.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_FORMS = {"signup": "kring.people.forms.signing_in.CompanySignupForm"}
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "company",
                "name": OIDC_NAME,
                "client_id": env.required("KRING_OIDC_CLIENT_ID", "The issuer gives it to this site."),
                "secret": env.required("KRING_OIDC_SECRET", "The issuer gives it to this site."),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ],
    }

# Languages: the interface's language is the person's, never part of an address.
LANGUAGE_CODE = env.text("KRING_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("nl", "Nederlands")]
# The first holds what was compiled when the package cannot be written (kring.ui.catalogues).
LOCALE_PATHS = [DATA_DIR / "locale", PACKAGE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("KRING_TIME_ZONE", "Europe/Amsterdam")
WAGTAIL_I18N_ENABLED = False

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "kring.ui.finders.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kring.ui.storage.StaticStorage"},
}

# Mail
MAIL = env.mail("EMAIL_URL")
EMAIL_BACKEND = MAIL.backend
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls, MAIL.ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("KRING_MAIL_FROM", "Kring <kring@localhost>")

# Wagtail
WAGTAIL_USER_TIME_ZONES = ["Europe/Amsterdam"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "kring.ui.richtext.widgets.RichTextEditor"}}
TAGGIT_CASE_INSENSITIVE = True

# Comments: the model only; pages, API and permissions are ours.
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "kring.conversations.models.Comment"
COMMENTS_XTD_MAX_THREAD_LEVEL = 1
COMMENTS_XTD_CONFIRM_EMAIL = False
COMMENTS_XTD_THREADED_EMAILS = False
SITE_ID = 1

# Security
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kring.ui.views.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
# Behind a proxy that ends TLS, which says so in X-Forwarded-Proto.
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LOGGING = logging_settings(as_json=env.text("KRING_LOG") == "json")
SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]
