"""Where a record came from, and the community of everything from there."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Many sources share these addresses: there the repository tells them apart.
SHARED = re.compile(
    r"(^|\.)(github|gitlab|bitbucket|codeberg|sr\.ht|wikimedia)(\.|$)|\.(pages\.dev|netlify\.app)$"
)
FILE_NAME = re.compile(r"^[^\W_]+_|(_(en|nl))+$")


def source_of(record: dict[str, Any], file: str = "") -> str:
    """The site a record was read on, else its repository ("owner/name"), else its file; "" for none."""
    source = record.get("source")
    first = source[0] if isinstance(source, list) and source else source
    repository = first.get("repo") if isinstance(first, dict) else ""
    host = _host(record.get("source_url"))
    found = host if host and not SHARED.search(host) else repository or host
    found = found.strip() if isinstance(found, str) else ""
    return (found or FILE_NAME.sub("", Path(file).stem))[:120]


def source_title(source: str) -> str:
    """What a community of this source is called: "18F/handbook" becomes "18F handbook"."""
    if "." in source and "/" not in source:
        return source
    owner, _slash, name = source.rpartition("/")
    words = f"{owner} {name}" if owner and not name.casefold().startswith(owner.casefold()) else name
    title = " ".join(re.sub(r"[-_/]+", " ", words).split())
    return title[:1].upper() + title[1:]


def _host(url: Any) -> str:
    try:
        host = urlsplit(url.strip()).hostname if isinstance(url, str) else ""
    except ValueError:
        return ""
    return (host or "").removeprefix("www.")
