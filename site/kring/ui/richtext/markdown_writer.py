"""Rich text as Markdown. What Markdown cannot say is written as HTML, so that nothing gets lost."""

import re
from collections.abc import Callable
from copy import deepcopy

from .markdown_inline import BeyondMarkdownError, InlineWriter
from .references import Reference, Resolver, known
from .sanitise import sanitise
from .tree import Element, element, parse, serialise

Address = Callable[[str, str], str]
Read = Callable[[str, Resolver], str]
_GIVEN_ID = re.compile(r'(<h[234]) id="[^"]*"')
_BETWEEN_TAGS = re.compile(
    r"(</(?:p|li|ul|ol|tr|td|th|blockquote|h[234]|figure|pre)>|<(?:ul|ol|tbody|tr)>)(?=<)"
)


class Writer:
    """Writes one text. `address` says how a reference to (kind, id) is written.

    `read` is the way back: each block is read again, and written as HTML when that gives something else.
    """

    def __init__(self, address: Address, read: Read, *, with_anchors: bool = False) -> None:
        self._address = address
        self._read = read
        self._with_anchors = with_anchors
        self._written: dict[str, Reference] = {}
        self._inline = InlineWriter(self._reference)

    def document(self, html: str) -> str:
        """Rich text in database form as Markdown, ending in a newline; '' for no text."""
        safe = sanitise(html)
        if not safe:
            return ""
        body = list(next(parse(safe).iter("body")))
        written = self._joined(body, [self._checked(block) for block in body])
        if self._read_back(written) != _GIVEN_ID.sub(r"\1", safe):
            written = self._joined(body, [self._as_html(block) for block in body])
        return written

    def _joined(self, body: list[Element], written: list[str]) -> str:
        parts: list[str] = []
        for place, text in enumerate(written):
            if place and body[place].tag == body[place - 1].tag and body[place].tag in ("ul", "ol"):
                # Two lists in a row would be read as one.
                parts.append("<!-- -->")
            parts.append(text)
        return "\n\n".join(parts) + "\n"

    def _checked(self, block: Element) -> str:
        block.tail = None
        wanted = _GIVEN_ID.sub(r"\1", sanitise(serialise(block)))
        for with_tags in (False, True):
            self._inline.with_tags = with_tags
            try:
                written = self._block(block)
            except BeyondMarkdownError:
                break
            if self._read_back(written) == wanted:
                return written
        return self._as_html(block)

    def _read_back(self, written: str) -> str:
        return _GIVEN_ID.sub(r"\1", self._read(written, known(self._written)))

    def _reference(self, kind: str, number: str) -> str:
        address = self._address(kind, number)
        self._written[address] = (kind, int(number))
        return address

    def _as_html(self, block: Element) -> str:
        """On lines without a blank one between, for that would end the HTML."""
        root = element("div", deepcopy(block))
        root[0].tail = None
        for link in root.iter("a"):
            if kind := link.attrib.pop("linktype", None):
                link.set("href", self._reference(kind, link.attrib.pop("id")))
        for image in list(root.iter("embed")):
            made = element("img", **self._image(image))
            made.tail = image.tail
            image.getparent().replace(image, made)
        return _BETWEEN_TAGS.sub(r"\1\n", serialise(root[0]).replace("\n", "&#10;"))

    def _image(self, image: Element) -> dict[str, str]:
        made = {"src": self._reference("image", image.get("id")), "alt": image.get("alt") or ""}
        return made if image.get("format") == "fullwidth" else {**made, "title": image.get("format")}

    def _block(self, block: Element) -> str:
        writer = {
            "p": self._inline.paragraph,
            "hr": lambda _: "***",
            "pre": _code,
            "blockquote": self._quote,
            "details": self._fold,
            "ul": self._list,
            "ol": self._list,
            "table": self._table,
            "embed": self._picture,
        }.get(block.tag)
        if block.tag in ("h2", "h3", "h4"):
            return self._heading(block)
        if writer is None:
            raise BeyondMarkdownError
        return writer(block)

    def _heading(self, block: Element) -> str:
        anchor = f" {{#{block.get('id')}}}" if self._with_anchors and block.get("id") else ""
        return f"{'#' * int(block.tag[1])} {self._inline.line(block)}{anchor}"

    def _quote(self, block: Element) -> str:
        inside = "\n\n".join(self._block(child) for child in block)
        return "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))

    def _fold(self, block: Element) -> str:
        """Its title is plain words; anything else has no Markdown."""
        title = block[0]
        if len(title):
            raise BeyondMarkdownError
        inside = "\n\n".join(self._block(child) for child in block[1:])
        return f":::fold {title.text or ''}".rstrip() + f"\n{inside}\n:::"

    def _picture(self, block: Element) -> str:
        image = self._image(block)
        title = f' "{image["title"]}"' if "title" in image else ""
        return f"![{self._inline.escaped(image['alt'])}]({image['src']}{title})"

    def _list(self, block: Element) -> str:
        number = int(block.get("start") or "1")
        items = []
        for place, item in enumerate(block):
            marker = f"{number + place}. " if block.tag == "ol" else "- "
            box = {"true": "[x] ", "false": "[ ] "}.get(item.get("data-checked") or "", "")
            items.append(marker + box + _indented(self._item(item), len(marker)))
        is_loose = any("\n\n" in item for item in items)
        return ("\n\n" if is_loose else "\n").join(items)

    def _item(self, item: Element) -> str:
        text = ""
        for place, child in enumerate(item):
            is_tight = child.tag in ("ul", "ol") and place == 1
            text += ("\n" if is_tight else "\n\n" if place else "") + self._block(child)
        return text

    def _table(self, block: Element) -> str:
        rows = [list(row) for row in block.iter("tr")]
        if any(cell.tag != ("th" if place == 0 else "td") for place, row in enumerate(rows) for cell in row):
            raise BeyondMarkdownError
        lines = [f"| {' | '.join(self._cell(cell) for cell in row)} |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])

    def _cell(self, cell: Element) -> str:
        if cell.attrib or len(cell) != 1 or cell[0].tag != "p":
            raise BeyondMarkdownError
        return self._inline.line(cell[0]).replace("|", "\\|")


def _indented(text: str, width: int) -> str:
    return "\n".join(
        (" " * width + line) if line and place else line for place, line in enumerate(text.split("\n"))
    )


def _code(block: Element) -> str:
    code = block[0]
    text = code.text or ""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{(code.get('class') or '').removeprefix('language-')}\n{text}\n{fence}"
