"""A first visit to a fresh site, as a new user would: sign in, search with a typo, open a lesson.

Usage: first_visit.py ADDRESS LOG PID. Reads the demo accounts that `make run` prints; exits 1 with the log
when something fails.
"""

import http.cookiejar
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

PATIENCE = 600


def main() -> None:
    address, log, pid = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    try:
        visit(address, *wait_for_account(log, pid))
    except Exception as error:
        print(log.read_text())
        sys.exit(f"first visit: {error}")


def wait_for_account(log: Path, pid: int) -> tuple[str, str]:
    """E-mail and password of the first account that is printed once the site is ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = re.search(r"^\s*(\S+@\S+)\s+password:\s*(\S+)", log.read_text(), re.MULTILINE)
        if found:
            return found[1], found[2]
        os.kill(pid, 0)
        time.sleep(0.5)
    raise TimeoutError("no demo account was printed")


def visit(address: str, email: str, password: str) -> None:
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def read(path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(urllib.parse.urljoin(address, path), data, {"Referer": address})
        with browser.open(request, timeout=60) as answer:
            return answer.url, answer.read().decode()

    url, page = read("/")
    assert "login" in url, f"signed-out people should be asked to sign in, not shown {url}"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, "the sign-in form has no token"
    url, page = read(url, {"csrfmiddlewaretoken": token[1], "login": email, "password": password})
    assert "login" not in url, "signing in failed"
    url, page = read("/search/?q=" + urllib.parse.quote("suplier"))
    lesson = re.search(r'href="(/communities/[^"#]+/[^"#]+/)"', page)
    assert lesson, "a search with a typo found no lesson"
    url, page = read(lesson[1])
    assert "<article" in page, f"{url} is no page to read"
    print(f"signed in as {email}, searched “suplier”, read {lesson[1]}")


main()
