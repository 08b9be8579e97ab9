"""Uploaded files, served by a view that asks whoever owns them."""

import mimetypes
from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

# Shown in the page; everything else is handed over to be saved, for it could hold scripts.
INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}

_owners: dict[str, Callable[[Any, str], bool]] = {}
_names: dict[str, Callable[[str], str]] = {}


def register(
    prefix: str, may_read: Callable[[Any, str], bool], *, called: Callable[[str], str] | None = None
) -> None:
    """Say who may read the files whose name starts with `prefix`; the longest prefix decides.

    called: the name under which a file is saved by who fetches it, if it is another.
    """
    _owners[prefix] = may_read
    if called is not None:
        _names[prefix] = called


def _prefix(name: str) -> str:
    return max((one for one in _owners if name.startswith(one)), key=len, default="")


def may_read(user: Any, name: str) -> bool:
    """Whether this person may have the file; files that nobody registered are nobody's."""
    prefix = _prefix(name)
    return bool(prefix) and _owners[prefix](user, name)


def _called(name: str) -> str:
    called = _names.get(_prefix(name))
    return called(name) if called else ""


def _is_plain(name: str) -> bool:
    """Whether the name means what it says: another way to write it would be owned by somebody else."""
    return "\0" not in name and not {"", ".", ".."} & set(name.split("/"))


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file, or 404 when it is not there or not for this person."""
    if not _is_plain(name) or not may_read(request.user, name):
        raise Http404
    try:
        opened = default_storage.open(name)
    except (OSError, SuspiciousFileOperation):
        raise Http404 from None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    saved_as = _called(name)
    response = FileResponse(opened, as_attachment=kind not in INLINE, filename=saved_as, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
