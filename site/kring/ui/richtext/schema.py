"""What rich text may consist of. The editor's schema (static/kring/js/editor/schema.js) is the same."""

import re

import nh3

INLINE = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "s": "s", "del": "s", "strike": "s", "sub": "sub", "sup": "sup", "a": "a",
    "code": "code", "kbd": "code", "tt": "code", "samp": "code",
}  # fmt: skip
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
# The order in which marks nest, outermost first.
RANK = {tag: place for place, tag in enumerate(("a", "strong", "em", "s", "sub", "sup", "code"))}
VOID = frozenset({"br", "hr", "embed"})
FORMATS = frozenset({"fullwidth", "left", "right"})
LINK_TYPES = frozenset({"page", "document", "person"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# Elements whose content is not text for a reader.
DROPPED = frozenset(
    {
        "script", "style", "title", "template", "iframe", "object", "applet", "noscript", "math", "svg",
        "head", "textarea", "select", "xmp", "noembed", "noframes", "plaintext", "frameset", "audio", "video",
        "canvas",
    }
)  # fmt: skip
# Elements that start a new line without being kept themselves.
TRANSPARENT_BLOCKS = frozenset(
    {
        "html", "body", "div", "section", "article", "main", "header", "footer", "nav", "aside", "address",
        "center", "details", "summary", "form", "fieldset", "legend", "figure", "figcaption", "p", "li", "dl",
        "dt", "dd", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "hgroup", "search", "dialog",
        "menu", "dir",
    }
)  # fmt: skip

ID = re.compile(r"[1-9][0-9]{0,17}")
ANCHOR = re.compile(r"s-[a-z0-9][a-z0-9_-]{0,77}|s")
LANGUAGE = re.compile(r"language-[a-z0-9+#-]{1,30}")
_SPAN = re.compile(r"[1-9][0-9]{0,2}")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


def is_span(value: str | None) -> bool:
    """Of colspan, rowspan and start: a whole number above 0 and below 1000."""
    return bool(value and _SPAN.fullmatch(value))


def address(value: str | None) -> str:
    """The href when it may be followed, otherwise ''. Relative addresses may."""
    href = (value or "").strip().replace("<", "%3C").replace(">", "%3E").replace('"', "%22")
    href = re.sub(r"[\x00-\x1f\x7f]", "", href).strip()
    scheme = _SCHEME.match(_INVISIBLE.sub("", href))
    if scheme and scheme[1].lower() not in SCHEMES:
        return ""
    return href


def _attribute(tag: str, name: str, value: str) -> str | None:
    """nh3's last look at each attribute. Wagtail's regular expressions cannot read < and > inside one."""
    if name == "id" and tag in ("h2", "h3", "h4"):
        return value if ANCHOR.fullmatch(value) else None
    if name == "id":
        return value if ID.fullmatch(value) else None
    if name == "class":
        return value if LANGUAGE.fullmatch(value) else None
    if name in ("colspan", "rowspan", "start"):
        return value if is_span(value) else None
    if name == "href":
        return address(value) or None
    return plain_attribute(value)


def plain_attribute(value: str | None) -> str:
    """Alt texts and titles, in a form that Wagtail's rewriters can read."""
    return " ".join((value or "").replace("<", "‹").replace(">", "›").split())


CLEANER = nh3.Cleaner(
    tags={
        "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "table", "tbody", "tr", "th",
        "td", "hr", "br", "strong", "em", "s", "sub", "sup", "a", "embed", "figure", "figcaption", "details",
        "summary",
    },
    clean_content_tags=set(DROPPED),
    attributes={
        "a": {"href", "id", "title"},
        "embed": {"id", "alt"},
        "h2": {"id"},
        "h3": {"id"},
        "h4": {"id"},
        "code": {"class"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    tag_attribute_values={
        "a": {"linktype": set(LINK_TYPES)},
        "embed": {"embedtype": {"image"}, "format": set(FORMATS)},
        "ul": {"data-type": {"taskList"}},
        "li": {"data-type": {"taskItem"}, "data-checked": {"true", "false"}},
    },
    attribute_filter=_attribute,
    link_rel=None,
    url_schemes=set(SCHEMES),
    strip_comments=True,
)  # fmt: skip
