"""Links to pages and documents, and images: how they are written outside the database.

Text that people post may not name an id on their own: who reads the result would learn the address of a page
that they may not see. So a page is written as its address, and whatever has none as a signed reference.
"""

from collections.abc import Callable, Iterable
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.core.signing import BadSignature, Signer
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Site

from .schema import ID
from .tree import Element, element, is_element

Links = Callable[[str], int | str | None]
Reference = tuple[str, int]
KINDS = frozenset({"page", "document", "image"})
SCHEME = "kring:"


class Resolver(Protocol):
    def __call__(self, href: str) -> Reference | str | None:
        """What an address means: something of ours, another address, or None to leave it as it is."""


def mapped(links: Links | None) -> Resolver:
    """The resolver for text from elsewhere: numbers from `links` are pages, addresses in kring: are refused."""

    def resolve(href: str) -> Reference | str | None:
        found = links(href) if links else None
        return ("page", found) if isinstance(found, int) else found

    return resolve


def plain(kind: str, number: str) -> str:
    """kring:12 for a page, kring:image/7 for the rest."""
    return f"{SCHEME}{number}" if kind == "page" else f"{SCHEME}{kind}/{number}"


def trusted(href: str) -> Reference | str | None:
    """Reads what `plain` wrote. For text that comes from the site itself."""
    kind, _, number = (
        ("/" + href.removeprefix(SCHEME)).rpartition("/") if href.startswith(SCHEME) else ("", "", "")
    )
    kind = kind.strip("/") or "page"
    return (kind, int(number)) if kind in KINDS and ID.fullmatch(number) else None


def _signer() -> Signer:
    return Signer(salt="kring.ui.richtext", sep="/")


def signed(kind: str, number: str) -> str:
    """kring:image/7/<signature>"""
    return SCHEME + _signer().sign(f"{kind}/{number}")


def unsigned(href: str) -> Reference | str | None:
    """Reads what `signed` wrote."""
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
    for link in links_in(root):
        link.attrib.pop("linktype", None)
        href = (link.get("href") or "").strip()
        found = resolve(href) if href else None
        if isinstance(found, tuple) and found[0] != "image":
            link.attrib.clear()
            link.attrib.update({"linktype": found[0], "id": str(found[1])})
        elif isinstance(found, str):
            link.set("href", found)
    for image in list(root.iter("embed", "img")):
        if image.tag == "embed":
            image.attrib.pop("embedtype", None)
            continue
        found = resolve((image.get("data-ref") or image.get("src") or "").strip())
        if isinstance(found, tuple) and found[0] == "image":
            shape = image.get("data-format") or image.get("title") or "fullwidth"
            alt = image.get("alt") or ""
            made = element("embed", embedtype="image", id=str(found[1]), alt=alt, format=shape)
            made.tail = image.tail
            image.getparent().replace(image, made)


def page_prefix() -> str | None:
    """Under which Wagtail's pages stand, or None where they have no address."""
    try:
        return reverse("wagtail_serve", args=[""])
    except NoReverseMatch:
        return None


def own_path(href: str) -> str | None:
    """The path, ending in /, of an address that can be one of our pages'; None for any other."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or parts.query or parts.fragment:
        return None
    if parts.netloc and not any(_is_host(parts.netloc, *site) for site in _sites()):
        return None
    prefix = page_prefix()
    path = unquote(parts.path).rstrip("/") + "/"
    return path if prefix and path.startswith(prefix) and path != prefix else None


def _sites() -> list[tuple[str, int]]:
    return list(Site.objects.values_list("hostname", "port"))


def _is_host(netloc: str, hostname: str, port: int) -> bool:
    return netloc.lower() in (hostname, f"{hostname}:{port}")


def pages_at(paths: Iterable[str]) -> dict[str, int]:
    """Published pages by path, in one query."""
    prefix = page_prefix()
    roots = [root.root_path.rstrip("/") for root in Site.get_site_root_paths()]
    wanted = (
        {f"{root}/{path.removeprefix(prefix)}": path for path in paths for root in roots} if prefix else {}
    )
    if not wanted:
        return {}
    found = Page.objects.live().filter(url_path__in=wanted, depth__gt=1).values_list("url_path", "pk")
    return {wanted[url_path]: pk for url_path, pk in found}
