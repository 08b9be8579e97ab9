"""What journeys in the browser share."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

# Whether what has the focus shows it.
FOCUSED = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""
# Every combination of width, language and theme occurs in one journey or another.
WIDTHS = {"wide": 1280, "phone": 390}


def first_now(*words: str) -> list[Any]:
    """These ways of looking at a journey: the first in every run, the others in the slow one."""
    return [words[0], *(pytest.param(one, marks=pytest.mark.slow) for one in words[1:])]


def look(words: str) -> dict[str, Any]:
    """Options of browser_page() from words: look("phone nl dark")."""
    width, language, theme = words.split()
    return {"width": WIDTHS[width], "language": language, "theme": theme}


def write(page: Page, words: str) -> None:
    """Type into the one text editor of the page, which comes once it is near the screen."""
    page.locator("rich-text").scroll_into_view_if_needed()
    page.locator(".rich-text__text").click()
    page.keyboard.type(words)


def submit(page: Page, within: str = "main form") -> None:
    """Press the obvious button, and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(f"{within} .button--primary").last.click()


def say(page: Page, words: str) -> None:
    """Write in the conversation under the page and post it, which happens without loading the page anew."""
    page.locator("[data-presence]:visible").wait_for()
    page.locator("#say").scroll_into_view_if_needed()
    page.locator("#say .rich-text__text").click()
    page.keyboard.type(words)
    page.locator("#say button[type=submit].button--primary").click()
    page.locator("kring-talk article .prose", has_text=words).wait_for()


def stands_at(page: Page, path: str) -> None:
    """Wait until the page's path matches, from its beginning."""
    page.wait_for_url(re.compile(r"https?://[^/]+" + path))


def link_in(mail: Any) -> str:
    """The path of the first link in a mail's text."""
    return re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1]


def tab_to(page: Page, selector: str, limit: int = 40) -> None:
    """Tab until what is wanted has the focus; each stop shows where it is."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached by Tab")


def press(page: Page, selector: str, limit: int = 80) -> None:
    """Tab to a link or a button that leads to another page, and press Enter."""
    tab_to(page, selector, limit)
    with page.expect_navigation():
        page.keyboard.press("Enter")
