"""How somebody writes in a browser."""

import re

from wiki.models import ArticlePage


def new(browser_page, user, address="/wiki/new/", **options):
    page = browser_page(user=user, **options)
    page.goto(address)
    page.locator(".rich-text__text").first.wait_for()
    return page


def write_to(page, words):
    """Click into the text and type."""
    page.locator("#id_body").click()
    page.keyboard.type(words)


def send(page, community="Suppliers"):
    page.get_by_label("Title", exact=True).fill("A title")
    page.locator("#id_community").select_option(label=community)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile("/communities/"))


def stored():
    return ArticlePage.objects.get().body
