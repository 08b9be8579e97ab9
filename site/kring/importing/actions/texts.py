"""Rich text of a record, from Markdown, HTML or plain text."""

import html
import re
from typing import Any

from django.utils.translation import gettext as _

from . import values
from ._shim import clean_html, plain, to_html
from .links import Links
from .reading import RejectedError

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
    rows = (
        f"<li><p><strong>{html.escape(label, quote=False)}</strong>: {html.escape(value, quote=False)}</p></li>"
        for label, value in pairs
        if value
    )
    listed = "".join(rows)
    return f"<ul>{listed}</ul>" if listed else ""


def from_markdown(markdown: str, links: Links | None) -> str:
    return _safely(to_html, markdown, links)


def from_html(markup: str, links: Links | None) -> str:
    return _safely(clean_html, markup, links)


def _safely(convert: Any, source: str, links: Links | None) -> str:
    try:
        return convert(source, links=links)
    except RecursionError:
        raise RejectedError(_("the text is nested too deeply")) from None


def plain_text(markup: str) -> str:
    """The words of rich text, a line a block."""
    return plain(markup)
