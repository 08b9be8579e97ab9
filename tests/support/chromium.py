"""Chromium by Playwright, its pages watched for what a person would not see."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
NOT_FOUND = "Chromium was not found: install it, or point CHROMIUM to it"
LOCALES = {"en": "en-GB", "nl": "nl-NL"}


def find_chromium() -> str | None:
    """What CHROMIUM names, or the first of the usual names on the path."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def running_chromium(path: str) -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """The browser, and the loop that must be marked as running in this thread while the browser is used.

    Playwright leaves the mark there for good; other tests could then run no loop of their own.
    """
    playwright = sync_playwright().start()
    loop = asyncio.get_running_loop()
    browser = playwright.chromium.launch(
        executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
    )
    asyncio._set_running_loop(None)
    yield browser, loop
    with marked(loop):
        browser.close()
        playwright.stop()


@contextmanager
def marked(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(None)


class Watch:
    """What went wrong in a context: errors on the console (a broken policy is one), answers of 400 and above,
    requests that failed or went to somebody else.

    `allowed` are words; what holds one of them is expected.
    """

    def __init__(self, context: BrowserContext, address: str, allowed: tuple[str, ...] = ()) -> None:
        self.address = address
        self.allowed = allowed
        self.found: list[str] = []
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._say(f"script: {error.error}"))
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failed)

    def _say(self, line: str) -> None:
        if not any(word in line for word in self.allowed):
            self.found.append(line)

    def _on_console(self, message: Any) -> None:
        # What could not be loaded is said by the request itself.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._say(f"console: {message.text}")

    def _on_request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._say(f"third party: {request.url}")

    def _on_response(self, response: Any) -> None:
        if response.status >= 400:
            self._say(f"answer {response.status}: {response.request.method} {response.url}")

    def _on_failed(self, request: Any) -> None:
        # A page that was left takes its open requests with it.
        if request.failure != "net::ERR_ABORTED":
            self._say(f"failed ({request.failure}): {request.url}")


def violations(page: Page) -> list[str]:
    """What axe has to say about the page as it stands, a line for each element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {rule['help']}: "
        + "; ".join(check["message"] for key in ("any", "all", "none") for check in node[key])
        for rule in found
        for node in rule["nodes"]
    ]
