"""HTML from elsewhere."""

from .references import Links, mapped, resolve_all
from .sanitise import SafeHtml, normalise
from .tree import parse


def clean_html(html: str, links: Links | None = None) -> SafeHtml:
    """Foreign HTML as rich text in database form.

    `links` is asked about each href: a number is the id of a page, a string another address, None leaves it.
    Images become links to where they are.
    """
    root = parse(html)
    resolve_all(root, mapped(links))
    return normalise(root)
