"""Every address of the site, filled in: a new one is asked for without anybody thinking of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from kring.conversations.permissions import targets

from .access import addresses

PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
# What stands for one thing in an address, and how many numbers of it are tried.
WAGTAIL = r"communities/((?:[\w\-]+/)*)$"
# The sign-in pages know nothing of what stands on the site.
OF_OTHERS = ("accounts/",)


class UnknownPlaceError(Exception):
    """An address holds a kind of value that nobody said how to fill in."""


def every_address(numbers: Sequence[int], texts: dict[str, Iterable[str]]) -> list[str]:
    """The addresses of the site, with each of these numbers where one stands.

    `texts`: for what is no number, by its name in the pattern. Raises UnknownPlaceError.
    """
    found: dict[str, None] = {}
    for _name, pattern in addresses():
        if not pattern.startswith(OF_OTHERS):
            found |= dict.fromkeys(_filled(pattern, numbers, texts))
    return list(found)


def _filled(pattern: str, numbers: Sequence[int], texts: dict[str, Iterable[str]]) -> Iterator[str]:
    if pattern == WAGTAIL:
        yield from (f"/communities/{path}" for path in texts["path"])
        return
    if set(PLACE.sub("", pattern)) & set("<(\\[?*^$"):
        raise UnknownPlaceError(pattern)
    values = [_values(kind, name, numbers, texts) for kind, name in PLACE.findall(pattern)]
    for chosen in product(*values):
        path = pattern
        for value in chosen:
            path = PLACE.sub(value, path, count=1)
        yield f"/{path}"


def _values(kind: str, name: str, numbers: Sequence[int], texts: dict[str, Iterable[str]]) -> list[str]:
    if kind in {"int", "number"}:
        return [str(one) for one in numbers]
    if name == "label":
        return ["comment", *(entry.label for entry in targets())]
    if name not in texts:
        raise UnknownPlaceError(f"<{kind}:{name}>")
    return list(texts[name])
