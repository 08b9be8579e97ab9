"""The inside of a paragraph as Markdown."""

import re
from collections.abc import Callable

from linkify_it import LinkifyIt

from .tree import Element

_SPECIAL = re.compile(
    r"([\\`*\[\]]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9])|<(?=[a-zA-Z/!?])|~(?=~)|&(?=#|[a-zA-Z]))"
)
_LINE_START = re.compile(r"^(?:([#>+=:~-])|(\d+)([.)]))")
_IN_ADDRESS = re.compile(r"([:.@])")
_IN_TARGET = re.compile(r"[\s()<>\\]")
_MARKS = {"strong": "**", "em": "*", "s": "~~"}
_LINKIFY = LinkifyIt()


class BeyondMarkdownError(Exception):
    """There is no Markdown for this."""


class InlineWriter:
    """`with_tags` writes marks as HTML, where asterisks would not be read as marks."""

    def __init__(self, reference: Callable[[str, str], str]) -> None:
        self._reference = reference
        self.with_tags = False

    def paragraph(self, block: Element) -> str:
        """May be several lines."""
        return "\n".join(_protected(line) for line in self._inside(block, "\\\n").split("\n"))

    def line(self, block: Element) -> str:
        """The same on one line."""
        return self._inside(block, "<br>")

    def escaped(self, text: str, *, is_linked: bool = False) -> str:
        safe = text if is_linked else _unlinked(text)
        return _SPECIAL.sub(r"\\\1", safe).replace("\0", "\\").replace("\xa0", "&nbsp;")

    def _inside(self, node: Element, line_break: str, *, is_linked: bool = False) -> str:
        parts = [self.escaped(node.text or "", is_linked=is_linked)]
        for child in node:
            parts.append(self._mark(child, line_break, is_linked=is_linked))
            parts.append(self.escaped(child.tail or "", is_linked=is_linked))
        return "".join(parts)

    def _mark(self, node: Element, line_break: str, *, is_linked: bool) -> str:
        if node.tag == "br":
            return line_break
        if node.tag == "code":
            return _code(node.text or "") if not len(node) else self._tagged(node, line_break, is_linked)
        if node.tag == "a":
            return self._link(node, self._inside(node, line_break, is_linked=True))
        if node.tag in _MARKS and not self.with_tags:
            sign = _MARKS[node.tag]
            return f"{sign}{self._inside(node, line_break, is_linked=is_linked)}{sign}"
        return self._tagged(node, line_break, is_linked)

    def _tagged(self, node: Element, line_break: str, is_linked: bool) -> str:
        return f"<{node.tag}>{self._inside(node, line_break, is_linked=is_linked)}</{node.tag}>"

    def _link(self, node: Element, text: str) -> str:
        kind = node.get("linktype")
        target = self._reference(kind, node.get("id")) if kind else node.get("href")
        if not kind and not node.get("title") and not len(node) and node.text == target and "://" in target:
            return f"<{target}>"
        title = (
            '"' + node.get("title").replace("\\", "\\\\").replace('"', '\\"') + '"'
            if node.get("title")
            else ""
        )
        if _IN_TARGET.search(target):
            target = "<" + target.replace("\\", "\\\\") + ">"
        return f"[{text}]({target}{' ' + title if title else ''})"


def _unlinked(text: str) -> str:
    """Words that look like an address, kept from becoming a link: \\0 stands for the backslash to come."""
    if not _LINKIFY.pretest(text) and "." not in text and "@" not in text:
        return text
    parts, end = [], 0
    for found in _LINKIFY.match(text) or []:
        parts.append(text[end : found.index])
        parts.append(_IN_ADDRESS.sub("\0\\1", text[found.index : found.last_index]))
        end = found.last_index
    return "".join([*parts, text[end:]])


def _protected(line: str) -> str:
    """What would begin a block at the start of a line."""
    return _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def _code(text: str) -> str:
    fence = "`"
    while fence in text:
        fence += "`"
    inside = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{fence}{inside}{fence}"
