"""Addresses in sources, and links between records."""

import hashlib
import html
import posixpath
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from ..models import PendingReference, SourceAddress
from ..registry import Reference, importers

LONGEST = 400
SUFFIX = re.compile(r"\.(mdx?|html?)$", re.IGNORECASE)
INDEX = re.compile(r"(^|/)(index|readme|_index)$", re.IGNORECASE)
# Question-and-answer sites name a question by its number; the words after it may change.
QUESTION = re.compile(r"/questions/(\d+)(/.*)?$")
Target = tuple[str, int]


def scope_of(record: dict[str, Any]) -> str:
    """Paths are unique within the repository a record came from, or within the community it names."""
    source = record.get("source")
    first = source[0] if isinstance(source, list) and source else source
    repository = first.get("repo") if isinstance(first, dict) else ""
    name = repository or record.get("community") or ""
    return name[:120] if isinstance(name, str) else ""


def by_id(source_id: str) -> tuple[str, str]:
    return "", f"kring:{source_id}"


def by_path(scope: str, path: str) -> tuple[str, str]:
    """Of a file's path or a page's: without slashes around it, suffix and index."""
    bare = INDEX.sub("", SUFFIX.sub("", unquote(path).strip().strip("/")))
    return scope, _short(bare.strip("/") or "/")


def by_url(url: str) -> tuple[str, str]:
    parts = urlsplit(url.strip())
    path = QUESTION.sub(r"/q/\1", SUFFIX.sub("", unquote(parts.path).rstrip("/")))
    query = f"?{parts.query}" if parts.query and "/q/" not in path else ""
    return "", _short(f"//{parts.netloc.lower()}{path}{query}")


def _short(address: str) -> str:
    if len(address) <= LONGEST:
        return address
    return "sha256:" + hashlib.sha256(address.encode()).hexdigest()


def addresses_of(href: str, *, scope: str, path: str) -> list[tuple[str, str]]:
    """What a link in the record with this path may mean, the likeliest first; [] for its own anchors."""
    href = html.unescape(href).strip()
    if href.startswith("kring:"):
        return [by_id(unquote(href.removeprefix("kring:").split("#")[0]))]
    try:
        parts = urlsplit(href)
    except ValueError:
        return []
    if parts.scheme in ("http", "https") and parts.netloc:
        return [by_url(href)]
    if parts.scheme or parts.netloc or not parts.path:
        return []
    if parts.path.startswith("/"):
        return [by_path(scope, parts.path)]
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path.strip("/")), parts.path))
    below = posixpath.normpath(posixpath.join(path.strip("/"), parts.path))
    return [by_path(scope, beside), by_path(scope, below)]


class AddressBook:
    """All known addresses, held in memory during a run; forgets what a failed record wrote."""

    def __init__(self) -> None:
        rows = SourceAddress.objects.values_list("scope", "address", "kind", "object_id")
        self._known: dict[tuple[str, str], Target] = {(s, a): (k, o) for s, a, k, o in rows.iterator()}
        self._fresh: list[tuple[str, str]] = []
        self.arrived: set[tuple[str, str]] = set()

    def find(self, scope: str, address: str) -> Target | None:
        return self._known.get((scope, address))

    def begin(self) -> None:
        self._fresh = []

    def undo(self) -> None:
        for key in self._fresh:
            self._known.pop(key, None)
            self.arrived.discard(key)

    def forget(self, key: tuple[str, str]) -> None:
        """Drop an address whose thing is gone."""
        self._known.pop(key, None)
        SourceAddress.objects.filter(scope=key[0], address=key[1]).delete()

    def add(self, kind: str, object_id: int, keys: list[tuple[str, str]]) -> None:
        """Write addresses that nothing has yet; the first thing keeps an address."""
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        for key in new:
            self._known[key] = (kind, object_id)
        self._fresh += new
        self.arrived.update(new)
        SourceAddress.objects.bulk_create(
            [SourceAddress(scope=s, address=a, kind=kind, object_id=object_id) for s, a in new]
        )


class Linker:
    """Maps the links in one text; what is not there yet is collected as references.

    Called with an href it gives the id of a page, another href, or None to leave the link as it is.
    """

    def __init__(self, book: AddressBook, field: str, scope: str, path: str, base: str) -> None:
        self.book, self.field, self.scope, self.path, self.base = book, field, scope, path, base
        self.waiting: list[Reference] = []

    def __call__(self, href: str) -> int | str | None:
        candidates = addresses_of(href, scope=self.scope, path=self.path)
        for scope, address in candidates:
            if target := self.book.find(scope, address):
                return link_to(target, href)
        if not candidates or self._leads_elsewhere(href):
            return None
        stays = self._meanwhile(href)
        for scope, address in candidates:
            self.waiting.append(Reference(self.field, scope, address, {"href": stays, "was": href[:500]}))
        return stays if stays != href else None

    def _leads_elsewhere(self, href: str) -> bool:
        """Full addresses wait only when they lead to the site that this text came from."""
        host = urlsplit(href).netloc
        return bool(host) and host.lower() != urlsplit(self.base).netloc.lower()

    def _meanwhile(self, href: str) -> str:
        """The href until its target arrives: at the source when that is known, else an anchor."""
        if href.startswith("kring:"):
            return "#" + quote(href, safe=":/-_.~")
        if urlsplit(href).scheme or not self.base:
            return href
        return urljoin(self.base, href)


def link_to(target: Target, href: str) -> int | str:
    kind, object_id = target
    found = importers()[kind].link(object_id)
    fragment = urlsplit(href).fragment if not href.startswith("kring:") else ""
    return f"{found}#{fragment}" if fragment and isinstance(found, str) and "#" not in found else found


def relink(text: str, href: str, found: int | str) -> str:
    """The rich text with every link to `href` leading to what was found."""
    wanted = re.escape(html.escape(href, quote=True)).replace("&\\#x27;", "(?:&\\#x27;|')")
    opening = re.compile(rf'<a\b[^>]*\bhref="{wanted}"[^>]*>')
    if isinstance(found, int):
        return opening.sub(f'<a linktype="page" id="{found}">', text)
    return opening.sub(f'<a href="{html.escape(found, quote=True)}">', text)


def save_references(kind: str, object_id: int, references: list[Reference], fields: set[str]) -> None:
    """Replace what this thing waits for in these fields."""
    PendingReference.objects.filter(kind=kind, object_id=object_id, field__in=fields).delete()
    if not references:
        return
    PendingReference.objects.bulk_create(
        [
            PendingReference(
                kind=kind, object_id=object_id, field=r.field, scope=r.scope, address=r.address, data=r.data
            )
            for r in references
        ]
    )


Links = Callable[[str], int | str | None]
