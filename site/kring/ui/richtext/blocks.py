"""The tree rebuilt in the editor's schema: blocks of runs, no loose text, no white space between blocks."""

from lxml import etree

from .inline import Marks, Run, atom, fill, marked, runs_of
from .schema import HEADINGS, INLINE, LANGUAGE, TRANSPARENT_BLOCKS, is_span
from .tree import Element, children, element, is_element

STRONG: Marks = (("strong", ()),)


def blocks(parent: Element, *, keep_empty: bool = False, marks: Marks = ()) -> list[Element]:
    """What stands in `parent` as blocks; empty paragraphs only when asked for."""
    builder = _Builder(keep_empty)
    builder.inside(parent, marks)
    builder.flush()
    return builder.out


class _Builder:
    """Collects runs until a block begins."""

    def __init__(self, keep_empty: bool) -> None:
        self.keep_empty = keep_empty
        self.out: list[Element] = []
        self.runs: list[Run] = []

    def flush(self) -> None:
        """The runs so far as paragraphs; images stand between them as blocks of their own."""
        line: list[Run] = []
        for run in [*self.runs, None]:
            if run is not None and (run.atom is None or run.atom.tag == "br"):
                line.append(run)
                continue
            paragraph = fill(element("p"), line)
            if _has_content(paragraph):
                self.out.append(paragraph)
            if run is not None and run.atom is not None:
                self.out.append(run.atom)
            line = []
        self.runs = []

    def put(self, *made: Element) -> None:
        self.flush()
        self.out += made

    def inside(self, node: Element, marks: Marks) -> None:
        for child in children(node):
            if isinstance(child, str):
                self.runs.append(Run(child, marks))
            else:
                self.add(child, marks)

    def add(self, node: Element, marks: Marks) -> None:
        tag = node.tag
        if tag in ("br", "embed", "img"):
            self.runs.append(atom(node, marks))
        elif tag in INLINE:
            self.inside(node, marked(node, marks))
        elif tag in _MAKERS:
            self.put(*_MAKERS[tag](node, marks))
        elif tag == "figure" and (figure := _figure(node)) is not None:
            self.put(figure)
        elif tag in TRANSPARENT_BLOCKS:
            self.flush()
            before = len(self.out)
            self.inside(node, (*marks, *STRONG) if tag == "dt" and not marks else marks)
            self.flush()
            if tag == "p" and self.keep_empty and len(self.out) == before:
                self.out.append(element("p"))
        else:
            self.inside(node, marks)


def _has_content(block: Element) -> bool:
    return bool(block.text) or len(block) > 0


def _heading(node: Element, marks: Marks) -> list[Element]:
    """Its images stand after it."""
    runs = runs_of(node, marks)
    images = [run.atom for run in runs if run.atom is not None and run.atom.tag == "embed"]
    words = [run for run in runs if run.atom is None or run.atom.tag != "embed"]
    heading = fill(element(HEADINGS[node.tag]), words)
    if node.get("id"):
        heading.set("id", node.get("id"))
    return [heading, *images] if _has_content(heading) else images


def _quote(node: Element, marks: Marks) -> list[Element]:
    return [element("blockquote", *(blocks(node, marks=marks) or [element("p")]))]


def _fold(node: Element, marks: Marks) -> list[Element]:
    """What is folded away under a title; its first summary, wherever it stands."""
    summary = next((one for one in node.iterchildren("summary")), None)
    title = fill(element("summary"), [] if summary is None else _words(summary))
    if summary is not None:
        tail, before = summary.tail or "", summary.getprevious()
        if before is None:
            node.text = (node.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
        node.remove(summary)
    return [element("details", title, *(blocks(node, marks=marks) or [element("p")]))]


def _words(node: Element) -> list[Run]:
    return [run for run in runs_of(node) if run.atom is None]


def _rule(node: Element, marks: Marks) -> list[Element]:
    return [element("hr")]


def _code(node: Element, marks: Marks) -> list[Element]:
    names = " ".join(
        [one.get("class") or "" for one in node.findall("code")] + [node.get("class") or ""]
    ).split()
    for line_break in node.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    for dropped in [one for one in node.iter() if not is_element(one)]:
        dropped.text = None
        for child in list(dropped):
            dropped.remove(child)
    code = element("code", text="".join(node.itertext()).rstrip("\n"))
    if language := next((name for name in names if LANGUAGE.fullmatch(name)), None):
        code.set("class", language)
    return [element("pre", code)]


def _list(node: Element, marks: Marks) -> list[Element]:
    made = element("ol" if node.tag == "ol" else "ul")
    if made.tag == "ol" and is_span(node.get("start")) and node.get("start") != "1":
        made.set("start", node.get("start"))
    is_tasks = made.tag == "ul" and (
        node.get("data-type") == "taskList" or "contains-task-list" in (node.get("class") or "").split()
    )
    if is_tasks:
        made.set("data-type", "taskList")
    for child in children(node):
        if isinstance(child, str):
            if child.strip():
                made.append(element("li", fill(element("p"), [Run(child, marks)])))
        elif child.tag == "li":
            made.append(_item(child, marks))
        elif child.tag in ("ul", "ol") and len(made):
            made[-1].extend(_list(child, marks))
        else:
            alone = _Builder(keep_empty=False)
            alone.add(child, marks)
            alone.flush()
            made.extend([element("li", *_led(alone.out))] if alone.out else [])
    for item in made:
        checked = item.get("data-checked") or "false"
        item.attrib.clear()
        if is_tasks:
            item.attrib.update({"data-type": "taskItem", "data-checked": checked})
    return [made] if len(made) else []


def _item(node: Element, marks: Marks) -> Element:
    item = element("li", *_led(blocks(node, keep_empty=True, marks=marks)))
    box = next(node.iter("input"), None)
    checked = node.get("data-checked") == "true" or (box is not None and box.get("checked") is not None)
    item.set("data-checked", "true" if checked else "false")
    return item


def _led(inside: list[Element]) -> list[Element]:
    """An item begins with a paragraph."""
    return inside if inside and inside[0].tag == "p" else [element("p"), *inside]


def _table(node: Element, marks: Marks) -> list[Element]:
    body, captions = element("tbody"), []
    for row in node.iter("tr", "caption"):
        if next(row.iterancestors("table")) is not node:
            continue
        if row.tag == "caption":
            captions += blocks(row, marks=marks)
            continue
        made = etree.SubElement(body, "tr")
        for cell in row:
            if cell.tag in ("td", "th"):
                inside = blocks(cell, keep_empty=True, marks=marks) or [element("p")]
                spans = {
                    name: cell.get(name)
                    for name in ("colspan", "rowspan")
                    if is_span(cell.get(name)) and cell.get(name) != "1"
                }
                made.append(element(cell.tag, *inside, **spans))
        if not len(made):
            body.remove(made)
    return [*captions, element("table", body)] if len(body) else captions


def _figure(node: Element) -> Element | None:
    """A figure is one image of ours with a caption; any other is only its content."""
    captions = list(node.iter("figcaption"))
    images = [run.atom for run in runs_of(node) if run.atom is not None and run.atom.tag == "embed"]
    if len(captions) != 1 or len(images) != 1:
        return None
    caption = fill(
        element("figcaption"),
        [run for run in runs_of(captions[0]) if run.atom is None or run.atom.tag == "br"],
    )
    outside = [run for run in runs_of(node) if run.text.strip()]
    inside = [run for run in runs_of(captions[0]) if run.text.strip()]
    if len(outside) != len(inside) or not _has_content(caption):
        return None
    return element("figure", images[0], caption)


_MAKERS = {
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
    "blockquote": _quote,
    "details": _fold,
    "hr": _rule,
    "pre": _code,
    "table": _table,
}
