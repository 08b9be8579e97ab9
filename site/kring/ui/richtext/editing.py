"""Rich text on its way to a form and back: HTML for the editor, Markdown for a plain field.

Both ways back give the stored text again, to the byte, when nothing was changed. In a form a page is written
as its address; what has none (images, documents, pages that are not published) as a signed reference.
"""

from functools import partial

from wagtail.images import get_image_model
from wagtail.images.formats import get_image_format
from wagtail.images.shortcuts import get_rendition_or_not_found

from .markdown import TYPED, read
from .markdown_writer import Writer
from .references import address_of_person, addresses_of, links_in, posted, resolve_all, signed
from .sanitise import SafeHtml, normalise, sanitise
from .schema import FORMATS, ID
from .tree import Element, children, element, parse, serialise


def to_editor(html: str) -> str:
    """Stored HTML as the editor's: links with href, images with src. Its tags are `sanitise`'s, plus img."""
    root = parse(sanitise(html))
    address = _Addresses(root)
    for link in links_in(root):
        if kind := link.attrib.pop("linktype", None):
            link.set("href", address(kind, link.attrib.pop("id")))
    _show_images(list(root.iter("embed")))
    body = next(root.iter("body"))
    return "".join(serialise(one) for one in children(body) if not isinstance(one, str))


def from_editor(html: str) -> SafeHtml:
    """What the editor sent, as it is stored. Safe for anything that anybody sends."""
    root = parse(html)
    resolve_all(root, posted)
    return normalise(root)


def to_markdown(html: str) -> str:
    """Stored HTML as Markdown that `from_markdown` reads back to the same."""
    if not html:
        return ""
    reading = partial(read, parser=TYPED)
    return Writer(_Addresses(parse(html)), reading, with_anchors=True).document(html)


def from_markdown(markdown: str) -> SafeHtml:
    """What was typed into the plain field, as it is stored. Safe for anything that anybody sends."""
    return read(markdown, posted, TYPED)


class _Addresses:
    """How the references in a text are written; pages are looked up in one query."""

    def __init__(self, root: Element) -> None:
        pages = [link.get("id") or "" for link in links_in(root) if link.get("linktype") == "page"]
        self._known = addresses_of({int(pk) for pk in pages if ID.fullmatch(pk)}, is_live=True)

    def __call__(self, kind: str, number: str) -> str:
        if kind == "person":
            return address_of_person(int(number))
        known = self._known.get(int(number)) if kind == "page" else None
        return known or signed(kind, number)


def _show_images(embeds: list[Element]) -> None:
    """Put an <img> in the place of each <embed>."""
    numbers = [int(embed.get("id") or 0) for embed in embeds]
    images = get_image_model().objects.in_bulk(numbers) if numbers else {}
    for embed in embeds:
        number, shape = embed.get("id") or "", embed.get("format") or ""
        image = images.get(int(number))
        spec = get_image_format(shape if shape in FORMATS else "fullwidth").filter_spec
        made = element("img", src=get_rendition_or_not_found(image, spec).url if image else "")
        made.attrib.update(
            {"alt": embed.get("alt") or "", "data-ref": signed("image", number), "data-format": shape}
        )
        made.tail = embed.tail
        embed.getparent().replace(embed, made)
