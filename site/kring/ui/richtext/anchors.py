"""Headings can be linked to. An anchor, once given, stays when the words change."""

import re
from itertools import count

from django.utils.text import slugify

from .schema import ANCHOR
from .tree import Element

_LONGEST = 60


def text_of(heading: Element) -> str:
    return " ".join("".join(heading.itertext()).split())


def anchor_for(text: str) -> str:
    """The anchor of a new heading with these words; its prefix keeps it apart from the page's own ids."""
    return ("s-" + slugify(text))[:_LONGEST].strip("-_") or "s"


def _adopted(foreign: str) -> str:
    """An id from elsewhere in our form, or ''."""
    if ANCHOR.fullmatch(foreign):
        return foreign
    adopted = anchor_for(foreign)
    return adopted if adopted != "s" and ANCHOR.fullmatch(adopted) else ""


def give_anchors(blocks: list[Element]) -> None:
    """Every heading gets an id of its own; links within the text follow a changed id."""
    headings = [one for block in blocks for one in block.iter("h2", "h3", "h4")]
    taken: set[str] = set()
    moved: dict[str, str] = {}
    for heading in headings:
        foreign = heading.get("id") or ""
        adopted = _adopted(foreign) if foreign else ""
        heading.attrib.pop("id", None)
        if adopted and adopted not in taken:
            taken.add(adopted)
            heading.set("id", adopted)
            if adopted != foreign:
                moved["#" + foreign] = "#" + adopted
    for heading in headings:
        if not heading.get("id"):
            anchor = _free(anchor_for(text_of(heading)), taken)
            taken.add(anchor)
            heading.set("id", anchor)
    if moved:
        for link in (one for block in blocks for one in block.iter("a")):
            if link.get("href") in moved:
                link.set("href", moved[link.get("href")])


def _free(base: str, taken: set[str]) -> str:
    if base not in taken:
        return base
    return next(name for number in count(2) if (name := f"{base}-{number}") not in taken)


HEADING_MARK = re.compile(r"\s*\{#([a-zA-Z0-9][\w-]{0,79})\}\s*$", re.ASCII)
