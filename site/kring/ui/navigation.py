"""What stands in the header's menus. Each app registers its own entries, so none leads nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


def anybody(user: Any) -> bool:
    return bool(user.is_authenticated)


@dataclass(frozen=True, slots=True)
class Entry:
    """A link in a menu. `label` and `hint` are lazy translations; `order` sorts; `shown` asks the person."""

    label: Any
    url_name: str
    icon: str
    hint: Any = ""
    order: int = 0
    shown: Callable[[Any], bool] = anybody

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_menus: dict[str, dict[str, Entry]] = {"main": {}, "create": {}, "me": {}, "settings": {}}


def register(menu: str, entry: Entry) -> None:
    """Put an entry in "main" (parts of the site), "create" (share or ask), "me" or "settings" (its pages)."""
    _menus[menu][entry.url_name] = entry


def entries(menu: str, user: Any) -> list[Entry]:
    """The menu's entries that this person sees, in order."""
    return sorted(
        (entry for entry in _menus[menu].values() if entry.shown(user)), key=lambda entry: entry.order
    )
