"""Typed reading of environment variables; every name is documented in docs/operations.md."""

import ipaddress
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

PROJECT_DIR = Path(__file__).resolve().parents[1]


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks, or the default when unset or empty."""
    return os.environ.get(name, "").strip() or default


def required(name: str, hint: str) -> str:
    """The variable's value; raises ImproperlyConfigured with the hint when it is unset or empty."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off; anything else raises ImproperlyConfigured."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number; anything else raises ImproperlyConfigured."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks and empty parts dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def host_is_a_name(url: str) -> bool:
    """Whether a URL's host is a name such as kring.example.org or localhost, not an IP address."""
    host = urlsplit(url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(host)
    return False


def data_dir() -> Path:
    """KRING_DATA: the one folder that holds database, index, uploads and secret key."""
    folder = Path(text("KRING_DATA", str(Path.cwd() / "var"))).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{folder} cannot be made ({error.strerror}). Point KRING_DATA to a folder that can be written."
        ) from None
    return folder


def database(name: str, default: str) -> dict[str, Any]:
    """Django's description of the database at an address; raises ImproperlyConfigured without showing it."""
    try:
        found = dj_database_url.parse(text(name, default), conn_health_checks=True)
        known = found["ENGINE"] in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
    except (ValueError, KeyError, TypeError):
        known = False
    if not known or not found["NAME"]:
        raise ImproperlyConfigured(
            f"{name} is no address of a database that Kring knows. Write "
            "postgres://user:password@host:5432/name, or leave it unset for SQLite in KRING_DATA."
        )
    return dict(found)


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves: by SMTP, or as files when there is no address."""

    backend: str = "django.core.mail.backends.filebased.EmailBackend"
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def mail(name: str) -> Mail:
    """Reads smtp://user:password@host:587?tls=1 or smtps://user:password@host:465.

    `tls` is STARTTLS, on unless written 0 when a name and password are sent. Unset: mail is written to files.
    """
    url = text(name)
    if not url:
        return Mail()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} is no address of a mail server. Write smtp://user:password@host:587?tls=1 (STARTTLS) "
            "or smtps://user:password@host:465."
        )
    ssl = parts.scheme == "smtps"
    tls = parse_qs(parts.query).get("tls", ["1" if parts.username else "0"])[-1] in {"1", "true", "yes", "on"}
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or (465 if ssl else 587 if tls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls and not ssl,
        ssl=ssl,
    )


def secret_file(folder: Path) -> Path:
    return folder / "secret_key"


def kept_secret(folder: Path) -> str:
    """The key that was made for this folder; empty when there is none."""
    try:
        return secret_file(folder).read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def keep_secret(folder: Path) -> str:
    """The key of this folder, made when there is none, readable by its owner alone."""
    with suppress(FileExistsError):
        descriptor = os.open(secret_file(folder), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return kept_secret(folder)
