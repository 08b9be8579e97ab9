"""Links to pages and documents, and images: how they are written outside the database.

Text that people post may not name an id on their own: who reads the result would learn the address of a page
that they may not see. So a page is written as its address, and whatever has none as a signed reference.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Site

from .schema import ID
from .tree import Element, element, is_element

Links = Callable[[str], int | str | None]
Reference = tuple[str, int]
Meanings = Mapping[str, Reference | str]
KINDS = frozenset({"page", "document", "image", "person"})
SCHEME = "kring:"
_NUMBER = re.compile(r"/([1-9][0-9]{0,17})/$")


class Resolver(Protocol):
    def __call__(self, hrefs: Collection[str]) -> Meanings:
        """What these addresses mean: something of ours, or another address; the rest stays as it is."""


def mapped(links: Links | None) -> Resolver:
    """For text from elsewhere: numbers from `links` are pages, addresses in kring: are refused."""

    def resolve(hrefs: Collection[str]) -> Meanings:
        found = {href: links(href) for href in hrefs} if links else {}
        return {
            href: ("page", one) if isinstance(one, int) else one
            for href, one in found.items()
            if one is not None
        }

    return resolve


def known(meanings: Meanings) -> Resolver:
    """The resolver for text that was written from these."""
    return lambda hrefs: {href: meanings[href] for href in hrefs if href in meanings}


def plain(kind: str, number: str) -> str:
    """kring:12 for a page, kring:image/7 for the rest."""
    return f"{SCHEME}{number}" if kind == "page" else f"{SCHEME}{kind}/{number}"


def trusted(hrefs: Collection[str]) -> Meanings:
    """Reads what `plain` wrote. For text that comes from the site itself."""
    return _each(_of_plain, hrefs)


def _of_plain(href: str) -> Reference | None:
    kind, _, number = (
        ("/" + href.removeprefix(SCHEME)).rpartition("/") if href.startswith(SCHEME) else ("", "", "")
    )
    kind = kind.strip("/") or "page"
    return (kind, int(number)) if kind in KINDS and ID.fullmatch(number) else None


def _each(read: Callable[[str], Reference | None], hrefs: Collection[str]) -> dict[str, Reference | str]:
    return {href: found for href in hrefs if (found := read(href))}


def _signer() -> Signer:
    return Signer(salt="kring.ui.richtext", sep="/")


def signed(kind: str, number: str) -> str:
    """kring:image/7/<signature>"""
    return SCHEME + _signer().sign(f"{kind}/{number}")


def _of_signed(href: str) -> Reference | None:
    if not href.startswith(SCHEME):
        return None
    try:
        kind, _, number = _signer().unsign(unquote(href.removeprefix(SCHEME))).partition("/")
    except BadSignature:
        return None
    return (kind, int(number)) if kind in KINDS and ID.fullmatch(number) else None


def links_in(root: Element) -> list[Element]:
    return [one for one in root.iter("a") if is_element(one)]


def resolve_all(root: Element, resolve: Resolver) -> None:
    """Replace addresses and images in the tree by what they mean; ids that came along are not believed."""
    images = list(root.iter("embed", "img"))
    means = resolve({*map(_target, links_in(root)), *map(_source, images)} - {""})
    for link in links_in(root):
        link.attrib.pop("linktype", None)
        found = means.get(_target(link))
        if isinstance(found, tuple) and found[0] != "image":
            link.attrib.clear()
            link.attrib.update({"linktype": found[0], "id": str(found[1])})
        elif isinstance(found, str):
            link.set("href", found)
    for image in images:
        if image.tag == "embed":
            image.attrib.pop("embedtype", None)
            continue
        found = means.get(_source(image))
        if isinstance(found, tuple) and found[0] == "image":
            shape = image.get("data-format") or image.get("title") or "fullwidth"
            alt = image.get("alt") or ""
            made = element("embed", embedtype="image", id=str(found[1]), alt=alt, format=shape)
            made.tail = image.tail
            image.getparent().replace(image, made)


def _target(link: Element) -> str:
    return (link.get("href") or "").strip()


def _source(image: Element) -> str:
    return (image.get("data-ref") or image.get("src") or "").strip()


def posted(hrefs: Collection[str]) -> Meanings:
    """Reads what people send: what `signed` wrote, and addresses of this site with or without its name."""
    local = {href: path for href, path in _local(hrefs).items() if path != href}
    prefix = page_prefix() or ""
    paths = {href: _path(local.get(href, href), prefix) for href in hrefs}
    pages = pages_at({path for path in paths.values() if path})
    found = {href: ("page", pages[path]) for href, path in paths.items() if path in pages}
    return {**local, **found, **_each(_of_signed, hrefs)}


def _local(hrefs: Collection[str]) -> dict[str, str]:
    """Those at this site's own name, without it: they outlive another name."""
    host = urlsplit(settings.BASE_URL).netloc.lower()
    absolute = [href for href in hrefs if href.lower().startswith(("http://", "https://"))]
    found = {}
    for href in absolute:
        try:
            parts = urlsplit(href)
        except ValueError:
            continue
        if parts.netloc.lower() == host and not parts.path.startswith("//"):
            found[href] = urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))
    return found


def _path(href: str, prefix: str) -> str:
    """The path of an address that can be a page's, or ''. An address that is nearly a page's stays as it is:
    who may not read the page must not learn from the change that it is there."""
    path = unquote(href)
    is_page = prefix and path.startswith(prefix) and path.endswith("/") and path != prefix
    return path if is_page and "?" not in href and "#" not in href else ""


def address_of_person(number: int) -> str:
    """The path of a person's page, or '' on a site without one."""
    try:
        return reverse("person", args=[number]) if number else ""
    except NoReverseMatch:
        return ""


def person_at(href: str) -> int:
    """The number of the person whose page has this path, or 0."""
    number = "".join(_NUMBER.findall(href)[:1])
    return int(number) if number and href == address_of_person(int(number)) else 0


def page_prefix() -> str | None:
    """Under which Wagtail's pages stand, or None where they have no address."""
    try:
        return reverse("wagtail_serve", args=[""])
    except NoReverseMatch:
        return None


def _roots() -> list[str]:
    return [root.root_path.rstrip("/") for root in Site.get_site_root_paths()]


def pages_at(paths: Iterable[str]) -> dict[str, int]:
    """Published pages by path, in one query."""
    prefix = page_prefix()
    wanted = {f"{root}/{path.removeprefix(prefix)}": path for path in paths for root in _roots() if prefix}
    if not wanted:
        return {}
    found = Page.objects.live().filter(url_path__in=wanted, depth__gt=1).values_list("url_path", "pk")
    return {wanted[url_path]: pk for url_path, pk in found}


def addresses_of(pages: Collection[int], *, is_live: bool = False) -> dict[int, str]:
    """Paths of pages by id, in one query; what has none is left out. `is_live`: published ones only."""
    prefix = page_prefix()
    if not pages or not prefix:
        return {}
    found = Page.objects.filter(pk__in=pages, depth__gt=1)
    if is_live:
        found = found.live()
    addresses = {}
    for pk, url_path in found.values_list("pk", "url_path"):
        for root in _roots():
            if url_path.startswith(root + "/"):
                addresses[pk] = quote(prefix + url_path.removeprefix(root + "/"))
                break
    return addresses
