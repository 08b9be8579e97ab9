import re

import nh3
from lxml import etree
from lxml import html as lx
from markdown_it import MarkdownIt

MD = MarkdownIt("gfm-like", {"html": True, "linkify": True})
TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "table",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "br",
    "strong",
    "em",
    "s",
    "sub",
    "sup",
    "a",
}
C = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href", "id", "linktype"}},
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
    clean_content_tags={"script", "style"},
)
CTRL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def clean_html(h, links=None):
    div = lx.fragment_fromstring(CTRL.sub("", h), create_parent="div")
    for a in div.iter("a"):
        r = links(a.get("href") or "") if links else None
        if isinstance(r, int):
            a.attrib.clear()
            a.set("linktype", "page")
            a.set("id", str(r))
        elif r:
            a.set("href", r)
    return C.clean(
        "".join([div.text or ""] + [etree.tostring(c, encoding="unicode", method="html") for c in div])
    )


def to_html(m, links=None):
    return clean_html(MD.render(m), links)


def plain(h):
    return re.sub(
        r"\s+",
        " ",
        lx.fragment_fromstring(
            re.sub(r"(</(p|li|h\d|td|pre)>)", r"\1 ", h), create_parent="div"
        ).text_content(),
    ).strip()
