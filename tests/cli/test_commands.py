"""What the command says when it can't do what was asked: a line, and what to do."""

import shutil
import socket
import subprocess

import pytest

from support.commands import ROOT, kring


def test_help_lists_every_command(tmp_path):
    said = kring(tmp_path, "help")
    assert said.returncode == 0
    for command in ("demo", "run", "check", "import", "load", "reindex", "search-check", "worker", "manage"):
        assert f"\n  kring {command} " in said.stdout


def test_an_unknown_command(tmp_path):
    said = kring(tmp_path, "fly")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "kring: there is no command fly. `kring help` shows them all.\n"


@pytest.mark.parametrize("command", ["demo", "run"])
def test_a_port_in_use_is_said_before_anything_is_made(tmp_path, command):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = kring(tmp_path / "data", command, PORT=str(port))
    assert said.returncode == 1
    assert said.stderr == f"Port {port} at localhost is in use. Choose another: PORT={port + 1}.\n"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"PORT": "http"}, "PORT is http; write a number from 1 to 65535."),
        ({"PORT": "70000"}, "PORT is 70000; write a number from 1 to 65535."),
        ({"HOST": "kring.invalid"}, "HOST is kring.invalid, which is no address of this machine."),
        ({"KRING_URL": "http://kring.example.org"}, "KRING_URL is not https, so passwords would cross"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is one that everybody knows."),
        ({"KRING_HOSTS": "*"}, "KRING_HOSTS may not hold *: any site could pose as this one."),
        ({"WEB_CONCURRENCY": "4"}, "WEB_CONCURRENCY is 4, but SQLite serves one process."),
        ({"DATABASE_URL": "mysql://a:b@c/d"}, "DATABASE_URL is no address of a database that Kring knows."),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL is no address of a mail server."),
        ({"KRING_DATA": "/proc/kring"}, "/proc/kring cannot be made"),
        (
            {"DATABASE_URL": "postgres://kring:geheim@127.0.0.1:1/kring"},
            "The database at 127.0.0.1:1 cannot be used. Is it running, and is DATABASE_URL right?",
        ),
    ],
)
def test_a_wrong_setting_is_one_line_that_says_what_to_do(tmp_path, settings, line):
    said = kring(tmp_path, "run", **settings)
    assert said.returncode == 1
    assert said.stderr.startswith(line)
    assert "Traceback" not in said.stderr
    assert "geheim" not in said.stderr.replace("password", "")


def test_the_demo_answers_this_machine_only(tmp_path):
    said = kring(tmp_path, "demo", HOST="0.0.0.0")
    assert said.returncode == 1
    assert said.stderr.startswith("HOST is 0.0.0.0, but the demo answers this machine only")


def test_a_database_that_is_none(tmp_path):
    (tmp_path / "kring.sqlite3").write_text("certainly no database" * 100)
    said = kring(tmp_path, "run")
    assert said.returncode == 1
    assert said.stderr.startswith(f"{tmp_path}/kring.sqlite3 is no SQLite database, or damaged.")


def test_a_python_that_is_too_old_is_told_so():
    old = next(filter(None, map(shutil.which, ("python3.8", "python3.9", "python3.10"))), None)
    if old is None or subprocess.run([old, "--version"], capture_output=True).returncode:
        pytest.skip("no Python before 3.11 on this machine")
    code = "import sys; sys.path.insert(0, 'kring'); import cli; cli.main()"
    said = subprocess.run([old, "-c", code], cwd=ROOT / "site", capture_output=True, text=True)
    assert said.returncode == 1
    assert said.stderr.startswith("Kring needs Python 3.11 or newer; this is Python 3.")
