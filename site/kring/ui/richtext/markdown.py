"""Markdown in and out."""

import re
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from .anchors import HEADING_MARK
from .markdown_writer import Writer
from .references import Links, Resolver, mapped, plain, resolve_all
from .sanitise import SafeHtml, normalise
from .schema import HEADINGS
from .tree import Element, parse


def _fold(renderer: Any, tokens: Any, place: int, options: Any, env: Any) -> str:
    """:::fold A title, and a line of ::: at the end."""
    token = tokens[place]
    if token.nesting < 0:
        return "</details>\n"
    title = token.info.strip().removeprefix("fold").strip()
    return f"<details><summary>{escape(title)}</summary>\n"


def _parser(**options: bool) -> MarkdownIt:
    return (
        MarkdownIt("gfm-like", {"html": True, "linkify": True, **options})
        .use(footnote_plugin)
        .use(tasklists_plugin)
        .use(deflist_plugin)
        .use(container_plugin, "fold", render=_fold)
    )


MARKDOWN = _parser().use(front_matter_plugin)
# Who types into a plain field means the ends of lines, and a line of --- at the top.
TYPED = _parser(breaks=True)

# Notes of site generators: {% … %} and {# … #} on a line of their own.
_NOTES = re.compile(r"^[ \t]*\{[%#][^\n]*[%#]\}[ \t]*$", re.MULTILINE)


def to_html(markdown: str, links: Links | None = None) -> SafeHtml:
    """Markdown (with tables, task lists, footnotes, definition lists and HTML) as rich text in database form.

    `links` is asked about each href: a number is the id of a page, a string another address, None leaves it.
    """
    return read(_NOTES.sub("", markdown or ""), mapped(links))


def read(markdown: str, resolve: Resolver, parser: MarkdownIt = MARKDOWN) -> SafeHtml:
    """The same, with links and images resolved by `resolve`."""
    root = parse(parser.render(markdown.replace("\x00", "")))
    _without_back_links(root)
    _take_anchors(root)
    resolve_all(root, resolve)
    return normalise(root)


def from_html(html: str) -> str:
    """Markdown of rich text, with pages as kring:ID. Read again it gives the same text, block by block."""
    return Writer(plain, read).document(html)


def _without_back_links(root: Element) -> None:
    for link in list(root.iter("a")):
        if "footnote-backref" in (link.get("class") or "").split():
            link.clear(keep_tail=True)


def _take_anchors(root: Element) -> None:
    """`## Heading {#anchor}`"""
    for heading in root.iter(*HEADINGS):
        last = heading[-1] if len(heading) else None
        text = (heading.text if last is None else last.tail) or ""
        if found := HEADING_MARK.search(text):
            heading.set("id", found[1])
            rest = text[: found.start()]
            if last is None:
                heading.text = rest
            else:
                last.tail = rest
