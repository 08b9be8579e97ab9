"""What stands in the header's menus. Each app registers its own entries, so none leads nowhere."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse


def anybody(user: Any) -> bool:
    return bool(user.is_authenticated)


@dataclass(frozen=True, slots=True)
class Entry:
    """A link in a menu. `label` and `hint` are lazy translations; `order` sorts; `shown` asks the person.

    count: how many things wait there for the person; the entry they see has it as `number`.
    """

    label: Any
    url_name: str
    icon: str
    hint: Any = ""
    order: int = 0
    shown: Callable[[Any], bool] = anybody
    count: Callable[[Any], int] | None = None
    number: int = 0

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_menus: dict[str, dict[str, Entry]] = {"main": {}, "create": {}, "me": {}, "settings": {}}


def register(menu: str, entry: Entry) -> None:
    """Put an entry in "main" (parts of the site), "create" (share or ask), "me" or "settings" (its pages)."""
    _menus[menu][entry.url_name] = entry


def entries(menu: str, user: Any) -> list[Entry]:
    """The menu's entries that this person sees, in order."""
    shown = [entry for entry in _menus[menu].values() if entry.shown(user)]
    counted = [replace(entry, number=entry.count(user)) if entry.count else entry for entry in shown]
    return sorted(counted, key=lambda entry: entry.order)
