"""How links and images in stored text become HTML, also through Wagtail's own filter.

Wagtail's own handlers raise on odd ids, missing formats and files without an address, and a page with such a
text would answer 500 for ever; these never raise.
"""

from typing import Any

from django.urls import NoReverseMatch
from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.images.formats import get_image_format
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from .references import address_of_person, addresses_of
from .schema import FORMATS, ID, address

Attributes = dict[str, str]
WITHOUT_ADDRESS = "<a>"


def _number(attrs: Attributes) -> int:
    """0 for none that can be looked up."""
    found = attrs.get("id") or ""
    return int(found) if ID.fullmatch(found) else 0


def _link(href: str) -> str:
    return format_html('<a href="{}">', href) if href else WITHOUT_ADDRESS


class PageLinks(PageLinkHandler):
    """Links to pages, in one query whatever their kind."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        known = addresses_of({number for attrs in attrs_list if (number := _number(attrs))})
        return [_link(known.get(_number(attrs), "")) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Any:
        return super().extract_references(attrs) if _number(attrs) else []


class DocumentLinks(DocumentLinkHandler):
    """Links to documents; they have an address only where the site serves documents."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        found = cls.get_model().objects.in_bulk({_number(attrs) for attrs in attrs_list})
        return [_link(_url(found.get(_number(attrs)))) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Any:
        return super().extract_references(attrs) if _number(attrs) else []


def _url(document: Any) -> str:
    try:
        return document.url if document else ""
    except NoReverseMatch:
        return ""


class PersonLinks(LinkHandler):
    """Links to people. Whether they are still here is not looked up: their page says so."""

    identifier = "person"

    @staticmethod
    def expand_db_attributes(attrs: Attributes) -> str:
        href = address_of_person(_number(attrs))
        return format_html('<a class="mention" href="{}">', href) if href else WITHOUT_ADDRESS


class Images(ImageEmbedHandler):
    """Images in one of the three shapes; one that is gone is left as its alt text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        found = cls.get_model().objects.in_bulk({_number(attrs) for attrs in attrs_list})
        return [_image(found.get(_number(attrs)), attrs) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Any:
        return super().extract_references(attrs) if _number(attrs) else []


def _image(image: Any, attrs: Attributes) -> str:
    alt = attrs.get("alt", "")
    if image is None:
        return format_html("<p>{}</p>", alt) if alt else ""
    shape = attrs.get("format", "")
    return get_image_format(shape if shape in FORMATS else "fullwidth").image_to_html(image, alt)


class OutsideLinks(LinkHandler):
    """Links to other sites, which get no hold of this one."""

    identifier = "external"

    @staticmethod
    def expand_db_attributes(attrs: Attributes) -> str:
        href, title = address(attrs.get("href")), attrs.get("title")
        if not href:
            return WITHOUT_ADDRESS
        if title:
            return format_html('<a href="{}" title="{}" rel="noopener noreferrer">', href, title)
        return format_html('<a href="{}" rel="noopener noreferrer">', href)


HANDLERS: tuple[type[LinkHandler], ...] = (PageLinks, DocumentLinks, PersonLinks, OutsideLinks)
