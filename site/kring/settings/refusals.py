"""What a site for real use may not be set up with, each with what to do."""

from collections.abc import Sequence
from urllib.parse import urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
KNOWN_KEYS = ("django-insecure", "changeme", "change-me", "secret", "only-for-development")
SHORTEST_KEY = 32


def is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK


def refusals(
    *,
    secret_key: str,
    base_url: str,
    hosts: Sequence[str],
    sqlite: bool,
    redis_url: str,
    processes: int,
) -> list[str]:
    """One line each; empty when the site may start. processes: how many web processes are asked for."""
    return [
        line
        for line in (
            _key(secret_key),
            _address(base_url),
            _hosts(hosts),
            _processes(sqlite, redis_url, processes),
        )
        if line
    ]


def _key(key: str) -> str:
    make = "Unset it, and `kring run` makes one in KRING_DATA."
    if not key:
        return "SECRET_KEY is not set. `kring run` makes one in KRING_DATA; give several machines the same."
    if key.lower().startswith(KNOWN_KEYS):
        return f"SECRET_KEY is one that everybody knows. {make}"
    if len(key) < SHORTEST_KEY or len(set(key)) < 8:
        return f"SECRET_KEY is too easy to guess: {SHORTEST_KEY} characters or more, at random. {make}"
    return ""


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        return f"KRING_URL is {url!r}; write the site's address, such as https://kring.example.org."
    if parts.scheme == "http" and not is_loopback(url):
        return (
            "KRING_URL is not https, so passwords would cross the network for all to read. "
            "Put a proxy with a certificate before the site (docs/operations.md) and write https://."
        )
    return ""


def _hosts(hosts: Sequence[str]) -> str:
    if any(host.strip(".") in {"", "*"} for host in hosts):
        return "KRING_HOSTS may not hold *: any site could pose as this one. Name the hosts."
    return ""


def _processes(sqlite: bool, redis_url: str, processes: int) -> str:
    if processes <= 1:
        return ""
    if sqlite:
        return (
            f"WEB_CONCURRENCY is {processes}, but SQLite serves one process. Unset it, or give DATABASE_URL "
            "a PostgreSQL and REDIS_URL a Redis."
        )
    if not redis_url:
        return (
            f"WEB_CONCURRENCY is {processes}, but without Redis live messages reach only one process. "
            "Unset it, or set REDIS_URL."
        )
    return ""
