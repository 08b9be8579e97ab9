"""Starting and stopping the site."""

import json
import re
import urllib.error
import urllib.request

from support.commands import kring

ADMINISTRATOR = {"KRING_ADMIN_EMAIL": "ada@example.org", "KRING_ADMIN_PASSWORD": "zeven-lange-lenten"}


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_first_start_prints_the_address_and_the_accounts(filled):
    lines = (filled / "first.txt").read_text().splitlines()
    assert lines[:2] == [
        "Prepared the database.",
        "Filling the site with the demo's content; this happens once.",
    ]
    ready = next(
        number for number, line in enumerate(lines) if line.startswith("Kring is ready: http://localhost:")
    )
    accounts = lines[ready + 1 : -1]
    assert len(accounts) == 6
    shape = re.compile(r"  \S+@rietland\.example +password: \S+  \(.+\)")
    assert [line for line in accounts if not shape.fullmatch(line)] == []
    assert lines[-1] == "Ctrl+C stops it."


def test_a_second_start_makes_nothing_anew_and_stops_cleanly(demo, start):
    site = start("demo", demo)
    assert not any(line.startswith(("Prepared", "Filling")) for line in site.lines)
    assert get(f"{site.address}/healthz") == (200, "ok")
    assert get(f"{site.address}/accounts/login/")[0] == 200
    assert site.interrupt() == 0
    assert not any("Traceback" in line for line in site.lines)


def test_a_second_process_on_the_folder_is_refused(demo, start):
    start("demo", demo)
    said = kring(demo, "demo")
    assert said.returncode == 1
    assert said.stderr.startswith(f"Another Kring works in {demo}. Stop it, or point KRING_DATA to another")


def test_a_real_site_never_starts_on_the_demo(demo):
    said = kring(demo, "run", **ADMINISTRATOR)
    assert said.returncode == 1
    assert said.stderr.startswith(f"{demo} holds the demo, whose passwords are public.")


def test_an_empty_site_wants_its_administrator(empty):
    said = (empty / "said.txt").read_text()
    assert said.startswith("1 The site has no administrator yet. Set KRING_ADMIN_EMAIL and ")
    assert (empty / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_weak_password_is_refused_for_the_administrator(empty):
    said = kring(empty, "run", KRING_ADMIN_EMAIL="ada@example.org", KRING_ADMIN_PASSWORD="kort")
    assert said.returncode == 1
    assert said.stderr.startswith("KRING_ADMIN_EMAIL or KRING_ADMIN_PASSWORD cannot be used: ")


def test_a_real_site_starts_with_its_administrator_and_no_demo(empty, start):
    site = start("run", empty, **ADMINISTRATOR)
    assert "Made ada@example.org the first administrator." in site.lines
    assert not any("password:" in line for line in site.lines)
    status, page = get(f"{site.address}/accounts/login/")
    assert status == 200
    styles = re.search(r'href="(/static/kring/site\.[0-9a-f]+\.css)"', page)
    assert get(site.address + styles[1])[0] == 200
    assert site.interrupt() == 0


def test_check_says_what_is_not_set(demo):
    said = kring(demo, "check")
    assert said.returncode == 0
    assert [line for line in said.stdout.splitlines() if line.startswith("wrong")] == []
    assert "note   KRING_URL is not set: links in mail lead to this machine only." in said.stdout
    assert "note   EMAIL_URL is not set" in said.stdout


def test_check_says_that_the_database_is_behind(tmp_path):
    said = kring(tmp_path, "check")
    assert said.returncode == 1
    assert re.search(r"^wrong  \d+ changes of the database are still to be made\.", said.stdout, re.M)


def test_the_accounts_are_kept_for_later_starts(demo):
    accounts = json.loads((demo / "demo.json").read_text())
    assert {account["password"] for account in accounts} == {"leren-van-elkaar"}
