"""Production refuses what is insecure, each time with what to do; dev and test are for one machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from kring.settings.refusals import refusals

ROOT = Path(__file__).parents[2]
KEY = "f2Jq8-vT5_xL0pQmZ7sRkYc3WnB9dHgA6uEi"
GOOD = {
    "secret_key": KEY,
    "base_url": "https://kring.example.org",
    "hosts": ["kring.example.org", "localhost"],
    "sqlite": False,
    "redis_url": "redis://localhost",
    "processes": 4,
}
ANEW = "Unset it, and `kring run` makes one in KRING_DATA."
EASY = f"SECRET_KEY is too easy to guess: 32 characters or more, at random. {ANEW}"


def test_a_good_set_up_is_not_refused():
    assert refusals(**GOOD) == []
    assert refusals(**GOOD | {"base_url": "http://localhost:8000"}) == []
    assert refusals(**GOOD | {"sqlite": True, "redis_url": "", "processes": 1}) == []


@pytest.mark.parametrize(
    "wrong, said",
    [
        (
            {"secret_key": ""},
            "SECRET_KEY is not set. `kring run` makes one in KRING_DATA; give several machines the same.",
        ),
        ({"secret_key": "django-insecure-" + KEY}, f"SECRET_KEY is one that everybody knows. {ANEW}"),
        ({"secret_key": "ChangeMe" * 8}, f"SECRET_KEY is one that everybody knows. {ANEW}"),
        ({"secret_key": KEY[:31]}, EASY),
        ({"secret_key": "ab" * 30}, EASY),
        (
            {"base_url": "http://kring.example.org"},
            "KRING_URL is not https, so passwords would cross the network for all to read. "
            "Put a proxy with a certificate before the site (docs/operations.md) and write https://.",
        ),
        ({"hosts": ["*"]}, "KRING_HOSTS may not hold *: any site could pose as this one. Name the hosts."),
        ({"hosts": [".*"]}, "KRING_HOSTS may not hold *: any site could pose as this one. Name the hosts."),
        (
            {"sqlite": True},
            "WEB_CONCURRENCY is 4, but SQLite serves one process. Unset it, or give DATABASE_URL "
            "a PostgreSQL and REDIS_URL a Redis.",
        ),
        (
            {"redis_url": ""},
            "WEB_CONCURRENCY is 4, but without Redis live messages reach only one process. "
            "Unset it, or set REDIS_URL.",
        ),
    ],
)  # fmt: skip
def test_each_refusal_says_what_to_do(wrong, said):
    assert refusals(**GOOD | wrong) == [said]


@pytest.mark.parametrize(
    "url", ["kring.example.org", "ftp://kring.example.org", "https://", "https://a.org/kring", "https://a.org?x=1"]
)  # fmt: skip
def test_an_address_is_an_address(url):
    hint = "write the site's address, such as https://kring.example.org."
    assert refusals(**GOOD | {"base_url": url}) == [f"KRING_URL is {url!r}; {hint}"]


def test_everything_that_is_wrong_is_said_at_once():
    wrong = {"secret_key": "", "base_url": "http://a.org", "hosts": ["*"], "sqlite": True, "redis_url": ""}
    assert [line.split()[0] for line in refusals(**GOOD | wrong)] == [
        "SECRET_KEY", "KRING_URL", "KRING_HOSTS", "WEB_CONCURRENCY",
    ]  # fmt: skip


def read(name: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The settings of one way of running, read by a process of its own with nothing but these variables."""
    ask = "DEBUG ALLOWED_HOSTS SECRET_KEY EMAIL_BACKEND SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE".split()
    ask += "CSRF_TRUSTED_ORIGINS SECURE_HSTS_SECONDS SECURE_SSL_REDIRECT BASE_URL".split()
    code = (
        f"import json; from kring.settings import {name} as given; "
        f"print(json.dumps({{name: getattr(given, name, None) for name in {ask}}}))"
    )
    paths = os.pathsep.join(str(ROOT / part) for part in ("site", "."))
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": paths, "KRING_DATA": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code], env=known | variables, capture_output=True, text=True, check=False
    )


def test_production_does_not_start_without_a_key(tmp_path):
    answer = read("production", tmp_path, KRING_HOSTS="*")
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-2:] == [
        "django.core.exceptions.ImproperlyConfigured: SECRET_KEY is not set. "
        "`kring run` makes one in KRING_DATA; give several machines the same.",
        "KRING_HOSTS may not hold *: any site could pose as this one. Name the hosts.",
    ]


def test_production_behind_a_proxy_is_https_alone(tmp_path):
    url = "https://kring.example.org"
    answer = read("production", tmp_path, SECRET_KEY=KEY, KRING_URL=url, KRING_TRUSTED_PROXIES="1")
    assert json.loads(answer.stdout) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]", "kring.example.org"],
        "SECRET_KEY": KEY,
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "CSRF_TRUSTED_ORIGINS": [url],
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_SSL_REDIRECT": True,
        "BASE_URL": url,
    }


def test_production_on_this_machine_works_without_https(tmp_path):
    (tmp_path / "secret_key").write_text(KEY)
    found = json.loads(read("production", tmp_path).stdout)
    assert (found["SECRET_KEY"], found["BASE_URL"]) == (KEY, "http://localhost:8000")
    off = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    assert [name for name in off if found[name]] == []


def test_the_demo_answers_this_machine_alone_and_makes_its_own_key(tmp_path):
    found = json.loads(read("dev", tmp_path, KRING_HOSTS="kring.example.org").stdout)
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["SECRET_KEY"] == (tmp_path / "secret_key").read_text()
    assert found["DEBUG"] is False


def test_the_company_account_wants_both_its_keys(tmp_path):
    answer = read("dev", tmp_path, KRING_OIDC_ISSUER="https://login.example.org")
    assert answer.stderr.splitlines()[-1].endswith(
        "KRING_OIDC_CLIENT_ID is not set. The issuer gives it to this site."
    )


def test_tests_send_no_mail_and_lose_no_time_with_passwords():
    assert settings.EMAIL_BACKEND == "django.core.mail.backends.locmem.EmailBackend"
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert settings.DEBUG is False
