"""What kinds of notifications there are, and how each reads. Apps register theirs in AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Any] = {
    "author": _("because you wrote it"),
    "asked": _("because you asked this"),
    "joined_in": _("because you took part in it"),
    "mentioned": _("because you were mentioned"),
    "follower": _("because you follow it"),
    "member": _("because you are a member of this community and want to hear everything"),
    "belongs": _("because you are a member of this community"),
    "lead": _("because you look after this community"),
    "named": _("because you were named as an author"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `group` is what a person switches on or off in one go, `why` the usual reason it comes."""

    name: str
    sentence: Callable[[Any], str]
    label: Any
    email: bool
    group: str
    why: Any
    kept: bool = True


_kinds: dict[str, Kind] = {}


def register_kind(
    kind: str,
    sentence: Callable[[Any], str],
    label: Any,
    email: bool = True,
    *,
    group: str = "",
    why: Any = "",
    kept: bool = True,
) -> None:
    """Say how notifications of this kind read.

    sentence: gets the Notification and says who did what ("Ruth answered your question"), in the language
    that is active when it is called.
    label: lazy text for the settings page; kinds that share a `group` are one line there, the first's.
    email: whether it is mailed to those who chose nothing. why: lazy reason, unless `data["reason"]` names
    one of REASONS. kept: whether it is part of what a person takes along; what was said blind is not.
    """
    _kinds[kind] = Kind(kind, sentence, label, email, group or kind, why, kept)


def kind_of(name: str) -> Kind | None:
    return _kinds.get(name)


def unkept_kinds() -> list[str]:
    """Kinds that stand in an inbox and in nothing that leaves the site."""
    return [kind.name for kind in _kinds.values() if not kind.kept]


def groups() -> dict[str, Kind]:
    """Group name to the first kind of it, in order of registration: the lines of the settings page."""
    found: dict[str, Kind] = {}
    for kind in _kinds.values():
        found.setdefault(kind.group, kind)
    return found
