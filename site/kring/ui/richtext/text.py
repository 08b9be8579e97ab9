"""Rich text as plain text, for search, mail and summaries."""

import re
from dataclasses import dataclass

from .anchors import text_of
from .inline import SPACE
from .schema import HEADINGS, TRANSPARENT_BLOCKS
from .tree import Element, children, parse

_LINES = TRANSPARENT_BLOCKS | set(HEADINGS) | {"ul", "ol", "pre", "table", "blockquote", "hr"}
_BLANK = re.compile(r"[ \t\xa0]*\n[\s]*")
_SPACES = re.compile(r"[ \t\f\xa0]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text under it, up to the next one; level 0 is what stands before the first."""

    level: int
    anchor: str
    title: str
    text: str


def to_text(html: str) -> str:
    """The words, a line a block, alt texts included."""
    return _text(list(children(parse(html))))


def headings(html: str) -> list[tuple[int, str, str]]:
    """(level, id, text) of each heading, in order."""
    return [
        (int(one.tag[1]), one.get("id") or "", text_of(one)) for one in parse(html).iter("h2", "h3", "h4")
    ]


def excerpt(html: str, words: int = 30) -> str:
    """The first words on one line, with … when there are more."""
    found = to_text(html).split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")


def sections(html: str) -> list[Section]:
    """The text in parts that can be linked to; empty only for empty text."""
    body = next(parse(html).iter("body"))
    found: list[Section] = []
    heading: Element | None = None
    inside: list[str | Element] = []

    def close() -> None:
        text = _text(inside)
        if heading is not None:
            found.append(Section(int(heading.tag[1]), heading.get("id") or "", text_of(heading), text))
        elif text:
            found.append(Section(0, "", "", text))

    for node in children(body):
        if not isinstance(node, str) and node.tag in ("h2", "h3", "h4"):
            close()
            heading, inside = node, []
        else:
            inside.append(node)
    close()
    return found


def _text(nodes: list[str | Element]) -> str:
    parts: list[str] = []
    for node in nodes:
        _collect(node, parts, is_code=False)
    return _BLANK.sub("\n", _SPACES.sub(" ", "".join(parts))).strip()


def _collect(node: str | Element, parts: list[str], *, is_code: bool) -> None:
    if isinstance(node, str):
        parts.append(node if is_code else SPACE.sub(" ", node))
        return
    is_line = node.tag in _LINES
    if is_line or node.tag in ("br", "embed", "img"):
        parts.append("\n")
    if node.tag in ("embed", "img") and node.get("alt"):
        parts.append(node.get("alt") + "\n")
    for child in children(node):
        _collect(child, parts, is_code=is_code or node.tag == "pre")
    if is_line:
        parts.append("\n")
