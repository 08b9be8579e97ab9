"""Reading variables: what each reader understands, and what it says of the rest."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from kring.settings import environment as env


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("THING", value)


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    monkeypatch.delenv("THING", raising=False)


def refused(reader, *args) -> str:
    with pytest.raises(ImproperlyConfigured) as error:
        reader("THING", *args)
    return str(error.value)


def test_text_is_trimmed_and_empty_counts_as_unset(given):
    assert env.text("THING", "usual") == "usual"
    given("   ")
    assert env.text("THING", "usual") == "usual"
    given("  Kring aan Zee ")
    assert env.text("THING", "usual") == "Kring aan Zee"


def test_what_is_required_says_what_to_do(given):
    assert refused(env.required, "The issuer gives it.") == "THING is not set. The issuer gives it."
    given("key")
    assert env.required("THING", "") == "key"


@pytest.mark.parametrize(
    "value, meant",
    [("1", True), ("true", True), ("YES", True), ("on", True), ("0", False), ("No", False), ("off", False)],
)
def test_flags(given, value, meant):
    given(value)
    assert env.flag("THING", not meant) is meant


def test_a_flag_is_never_guessed(given):
    assert env.flag("THING", True) is True
    given("maybe")
    assert refused(env.flag) == "THING is 'maybe'; write 1 or 0."


def test_numbers(given):
    assert env.number("THING", 7) == 7
    given("12")
    assert env.number("THING", 7) == 12
    given("12.5")
    assert refused(env.number, 7) == "THING is '12.5'; write a whole number."


def test_words(given):
    assert env.words("THING") == []
    given(" example.org, ,example.nl ,")
    assert env.words("THING") == ["example.org", "example.nl"]


@pytest.mark.parametrize(
    "url, is_name",
    [
        ("https://kring.example.org", True),
        ("http://localhost:8000", True),
        ("http://192.0.2.7:8000", False),
        ("http://[::1]:8000", False),
        ("kring.example.org", False),
        ("", False),
    ],
)
def test_passkeys_want_a_name(url, is_name):
    assert env.host_is_a_name(url) is is_name


def test_the_folder_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("KRING_DATA", str(tmp_path / "a" / "b"))
    assert env.data_dir() == (tmp_path / "a" / "b").resolve()
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_made_says_so(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KRING_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(ImproperlyConfigured) as error:
        env.data_dir()
    assert str(error.value) == (
        f"{tmp_path}/file/data cannot be made (Not a directory). "
        "Point KRING_DATA to a folder that can be written."
    )


def test_databases(given, tmp_path):
    assert env.database("THING", f"sqlite:///{tmp_path}/a.sqlite3")["NAME"] == f"{tmp_path}/a.sqlite3"
    given("postgres://kring:se%40cret@db.example.org:5433/kring")
    found = env.database("THING", "")
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_HEALTH_CHECKS")
    assert [found[key] for key in wanted] == [
        "django.db.backends.postgresql", "kring", "kring", "se@cret", "db.example.org", 5433, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        "mysql://kring:hunter2@db/kring",
        "hunter2",
        "postgres://kring:hunter2@db:port/kring",
        "postgres://kring:hunter2@db:5432/",
        "oracle://hunter2",
    ],
)
def test_other_databases_are_refused_without_showing_the_password(given, value):
    given(value)
    said = refused(env.database, "")
    assert said.startswith("THING is no address of a database that Kring knows. Write postgres://")
    assert "hunter2" not in said


def test_without_a_mail_server_mail_becomes_files():
    assert env.mail("THING") == env.Mail()


@pytest.mark.parametrize(
    "url, mail",
    [
        ("smtp://relay", {"host": "relay", "port": 25}),
        ("smtp://u:p@relay", {"host": "relay", "port": 587, "user": "u", "password": "p", "tls": True}),
        ("smtp://u:p@relay?tls=0", {"host": "relay", "port": 25, "user": "u", "password": "p"}),
        ("smtp://relay:2525?tls=1", {"host": "relay", "port": 2525, "tls": True}),
        ("smtps://a%40b:p%2Fq@x", {"host": "x", "port": 465, "user": "a@b", "password": "p/q", "ssl": True}),
        ("smtps://relay:4650?tls=1", {"host": "relay", "port": 4650, "ssl": True}),
    ],
)  # fmt: skip
def test_mail_servers(given, url, mail):
    given(url)
    assert env.mail("THING") == env.Mail(backend="django.core.mail.backends.smtp.EmailBackend", **mail)


@pytest.mark.parametrize("url", ["relay:25", "http://relay", "smtp://", "smtp://u:hunter2@relay:port"])
def test_what_is_no_mail_server_is_refused_without_showing_the_password(given, url):
    given(url)
    said = refused(env.mail)
    assert said.startswith("THING is no address of a mail server. Write smtp://user:password@host:587?tls=1")
    assert "hunter2" not in said


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    assert env.kept_secret(tmp_path) == ""
    made = env.keep_secret(tmp_path)
    assert len(made) >= 50
    assert env.keep_secret(tmp_path) == env.kept_secret(tmp_path) == made
    assert stat.S_IMODE(env.secret_file(tmp_path).stat().st_mode) == 0o600
