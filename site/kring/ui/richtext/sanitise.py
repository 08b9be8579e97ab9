"""What may be stored. nh3 runs last, so nothing after it decides about safety."""

import re

from .anchors import give_anchors
from .blocks import blocks
from .schema import CLEANER
from .tree import Element, parse, serialise_all

_EMBED = re.compile(r"<embed\b([^>]*?)\s*/?>")


class SafeHtml(str):
    """Text that `sanitise` made; it needn't be looked at again."""

    __slots__ = ()


def sanitise(html: str) -> SafeHtml:
    """Safe, canonical HTML in Wagtail's database form. Takes any string, never raises, changes nothing twice.

    References to pages, documents and images are taken as they are: use `clean_html` for text from elsewhere.
    """
    if isinstance(html, SafeHtml):
        return html
    return normalise(parse(html))


def normalise(root: Element) -> SafeHtml:
    """The same for a tree that has been parsed already."""
    clean = _clean(root)
    if "<a>" in clean:
        # nh3 refused an address that we took for good; without it the link goes.
        clean = _clean(parse(clean))
    # Wagtail's rewriter wants "/>".
    return SafeHtml(_EMBED.sub(r"<embed\1/>", clean))


def _clean(root: Element) -> str:
    made = blocks(root)
    give_anchors(made)
    return CLEANER.clean(serialise_all(made))
