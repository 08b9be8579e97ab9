"""Rich text of a record, from Markdown, HTML or plain text."""

import html
import re
from typing import Any

from kring.ui.richtext.html import clean_html
from kring.ui.richtext.markdown import to_html
from kring.ui.richtext.text import to_text

from . import values
from .links import Links

PARAGRAPHS = re.compile(r"\n\s*\n")


def rich_text(record: dict[str, Any], name: str, links: Links | None = None) -> str:
    """`<name>_markdown` and `<name>_html` as sanitised rich text, else `<name>` as plain text."""
    parts = []
    if markdown := values.text(record, f"{name}_markdown"):
        parts.append(from_markdown(markdown, links))
    if markup := values.text(record, f"{name}_html"):
        parts.append(from_html(markup, links))
    if not parts and (plain := values.text(record, name)):
        parts.append(from_plain(plain))
    return "".join(parts)


def from_plain(plain: str) -> str:
    paragraphs = (html.escape(part.strip(), quote=False) for part in PARAGRAPHS.split(plain))
    return from_html("".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs if part), None)


def facts(pairs: list[tuple[str, str]]) -> str:
    """A list of what a source says beside the text: <li><strong>Organisation</strong>: KSC</li>."""
    escaped = ((html.escape(label, quote=False), html.escape(value, quote=False)) for label, value in pairs)
    listed = "".join(f"<li><p><strong>{name}</strong>: {value}</p></li>" for name, value in escaped if value)
    return f"<ul>{listed}</ul>" if listed else ""


def from_markdown(markdown: str, links: Links | None) -> str:
    return to_html(markdown, links=links)


def from_html(markup: str, links: Links | None) -> str:
    return clean_html(markup, links=links)


def plain_text(markup: str) -> str:
    """The words of rich text, a line a block."""
    return to_text(markup)
