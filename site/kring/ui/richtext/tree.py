"""HTML to a tree and back. Whatever comes in, the tree is of bounded depth and free of control characters."""

import re
from collections.abc import Iterator
from html import escape
from typing import TypeAlias

from lxml import etree
from lxml import html as lxml_html

from .schema import DROPPED, VOID

Element: TypeAlias = etree._Element

# Deeper than anybody writes, and shallow enough for functions that call themselves.
DEEPEST = 64
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}))(?![0-9a-fA-F]);?")
_CONDITIONAL = re.compile(r"<!(?:\[(?:if|endif)[^>]*|doctype[^>]*)>", re.IGNORECASE)


def _resolve(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    if number == 13:
        return "\n"
    # 0x80 to 0x9f mean Windows' characters; the parser knows them.
    if 0x80 <= number <= 0x9F:
        return found[0]
    return "" if number > 0x10FFFF or _CONTROL.match(chr(number)) else found[0]


def parse(html: str) -> Element:
    """The <html> element of a document with this content; never raises on any string."""
    text = (html or "").replace("\r\n", "\n").replace("\r", "\n")
    text = _CONDITIONAL.sub("", _REFERENCE.sub(_resolve, _CONTROL.sub("", text)))
    root = lxml_html.document_fromstring(f"<html><body>{text}</body></html>")
    _flatten(root)
    return root


def _flatten(root: Element) -> None:
    """Below DEEPEST only words remain."""
    depth, deep = 0, []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == DEEPEST:
            deep.append(element)
    for element in deep:
        words = " ".join(text.strip() for text in _texts(element) if text.strip())
        tail = element.tail
        for child in list(element):
            element.remove(child)
        element.text, element.tail = words, tail


def _texts(element: Element) -> Iterator[str]:
    """Like itertext, without what no reader sees."""
    skipping = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        dropped = isinstance(node.tag, str) and node.tag in DROPPED
        if event == "start":
            skipping += dropped
            if not skipping and node.text:
                yield node.text
            continue
        if event == "end":
            skipping -= dropped
        if not skipping and node is not element and node.tail:
            yield node.tail


def is_element(node: Element) -> bool:
    """Neither a comment nor anything that is not for a reader."""
    return isinstance(node.tag, str) and node.tag not in DROPPED


def children(parent: Element) -> Iterator[str | Element]:
    """Texts and elements in order."""
    if parent.text:
        yield parent.text
    for child in parent:
        if is_element(child):
            yield child
        if child.tail:
            yield child.tail


def serialise(element: Element) -> str:
    """One element of ours as HTML, without its tail."""
    parts: list[str] = []
    _write(element, parts)
    return "".join(parts)


def serialise_all(elements: list[Element]) -> str:
    return "".join(serialise(element) for element in elements)


def _write(element: Element, parts: list[str]) -> None:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    parts.append(f"<{element.tag}{attributes}>")
    if element.tag in VOID or element.tag == "img":
        return
    parts.append(escape(element.text or "", quote=False))
    for child in element:
        _write(child, parts)
        parts.append(escape(child.tail or "", quote=False))
    parts.append(f"</{element.tag}>")


def element(tag: str, *content: Element, text: str = "", **attributes: str) -> Element:
    """A new element; attribute names with _ instead of -."""
    made = etree.Element(tag, {name.replace("_", "-"): value for name, value in attributes.items()})
    made.text = text or None
    made.extend(content)
    return made
