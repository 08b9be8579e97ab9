"""The inside of a paragraph: runs of text with marks, in one canonical shape."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

from .schema import (
    FORMATS,
    HEADINGS,
    ID,
    INLINE,
    LINK_TYPES,
    RANK,
    TRANSPARENT_BLOCKS,
    address,
    plain_attribute,
)
from .tree import Element, children, element

Mark = tuple[str, tuple[tuple[str, str], ...]]
Marks = tuple[Mark, ...]
SPACE = re.compile(r"[ \t\n\f]+")
_EDGES = re.compile(r"([ \t\n\f]*)(.*?)([ \t\n\f]*)", re.DOTALL)
_BLOCKS = TRANSPARENT_BLOCKS | set(HEADINGS) | {"ul", "ol", "pre", "table", "blockquote", "hr"}


@dataclass(slots=True)
class Run:
    """Text with marks; `atom` instead of text is a line break or an image."""

    text: str
    marks: Marks
    atom: Element | None = None


def marked(node: Element, marks: Marks) -> Marks:
    """The marks inside this inline element."""
    tag = INLINE[node.tag]
    if any(name == tag for name, _ in marks):
        return marks
    attributes = _link(node) if tag == "a" else ()
    return marks if attributes is None else (*marks, (tag, attributes))


def _link(node: Element) -> tuple[tuple[str, str], ...] | None:
    kind, number = node.get("linktype"), node.get("id") or ""
    if kind:
        return (("linktype", kind), ("id", number)) if kind in LINK_TYPES and ID.fullmatch(number) else None
    href = address(node.get("href"))
    if not href:
        return None
    title = plain_attribute(node.get("title"))
    return (("href", href), ("title", title)) if title else (("href", href),)


def atom(node: Element, marks: Marks) -> Run:
    """A line break, an image of ours, or what stands for any other image: a link to it or its alt text."""
    if node.tag == "br":
        return Run("", marks, element("br"))
    alt = plain_attribute(node.get("alt"))
    if node.tag == "embed":
        # Wagtail raises on a missing or odd id or format, and the page would answer 500 for ever.
        number = node.get("id") or ""
        if node.get("embedtype") != "image" or not ID.fullmatch(number):
            return Run(alt, marks)
        shape = node.get("format") or ""
        shape = shape if shape in FORMATS else "fullwidth"
        return Run("", marks, element("embed", embedtype="image", id=number, alt=alt, format=shape))
    source = address(node.get("src"))
    if not source.lower().startswith(("http://", "https://")):
        return Run(alt, marks)
    if any(tag == "a" for tag, _ in marks):
        return Run(alt or _name(source), marks)
    return Run(alt or _name(source), (*marks, ("a", (("href", source),))))


def _name(source: str) -> str:
    try:
        parts = urlsplit(source)
    except ValueError:
        return source
    return unquote(parts.path).rstrip("/").rsplit("/", 1)[-1] or parts.netloc or source


def runs_of(node: Element, marks: Marks = ()) -> list[Run]:
    """Everything inside, whatever it is, as runs; blocks are kept apart by a space."""
    found: list[Run] = []
    for child in children(node):
        if isinstance(child, str):
            found.append(Run(child, marks))
        elif child.tag in ("br", "embed", "img"):
            found.append(atom(child, marks))
        else:
            apart = child.tag in _BLOCKS
            found += [Run(" ", marks)] if apart else []
            found += runs_of(child, marked(child, marks) if child.tag in INLINE else marks)
            found += [Run(" ", marks)] if apart else []
    return found


def fill(block: Element, runs: list[Run]) -> Element:
    """Put the runs into the block: marks in one order, white space as a browser shows it."""
    open_marks: list[tuple[Mark, Element]] = []
    for run in _trimmed(_spaced(runs)):
        while open_marks and tuple(mark for mark, _ in open_marks) != run.marks[: len(open_marks)]:
            open_marks.pop()
        for mark in run.marks[len(open_marks) :]:
            inside = etree.SubElement(open_marks[-1][1] if open_marks else block, mark[0], dict(mark[1]))
            open_marks.append((mark, inside))
        _append(open_marks[-1][1] if open_marks else block, run)
    return block


def _append(parent: Element, run: Run) -> None:
    if run.atom is not None:
        parent.append(run.atom)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + run.text
    else:
        parent.text = (parent.text or "") + run.text


def _spaced(runs: list[Run]) -> list[Run]:
    """White space as runs of its own, with the marks that both neighbours have."""
    split: list[Run] = []
    for run in runs:
        marks = tuple(sorted(run.marks, key=lambda mark: RANK[mark[0]]))
        if run.atom is not None:
            split.append(Run("", () if run.atom.tag == "br" else marks, run.atom))
            continue
        before, core, after = _EDGES.fullmatch(run.text).groups()  # type: ignore[union-attr]
        split += [Run(" ", ())] if before or (after and not core) else []
        split += [Run(SPACE.sub(" ", core), marks)] if core else []
        split += [Run(" ", ())] if core and after else []
    left: Marks = ()
    lefts = []
    for run in split:
        left = left if _is_between(run) else run.marks
        lefts.append(left)
    right: Marks = ()
    for place in range(len(split) - 1, -1, -1):
        run = split[place]
        if _is_between(run):
            both = set(right)
            shared = (mark for mark in lefts[place] if mark in both)
            run.marks = tuple(mark for mark in shared if mark[0] != "code")
        else:
            right = run.marks
    return split


def _is_between(run: Run) -> bool:
    return run.text == " " if run.atom is None else run.atom.tag == "br"


def _trimmed(runs: list[Run]) -> list[Run]:
    """One space between words, none at the ends or beside a line break."""
    kept: list[Run] = []
    for run in runs:
        ends_line = not kept or _is_break(kept[-1])
        if run.text == " " and (ends_line or kept[-1].text == " "):
            continue
        if _is_break(run) and kept and kept[-1].text == " ":
            kept.pop()
        kept.append(run)
    while kept and (kept[-1].text == " " or _is_break(kept[-1])):
        kept.pop()
    return kept


def _is_break(run: Run) -> bool:
    return run.atom is not None and run.atom.tag == "br"
