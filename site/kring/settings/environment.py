"""Typed reading of environment variables; every name is documented in docs/operations.md."""

import ipaddress
import os
from pathlib import Path
from urllib.parse import urlsplit

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
