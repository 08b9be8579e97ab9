"""Who looks after the words of the site. Whose task that is, the apps above say."""

from collections.abc import Callable
from typing import Any

from kring.people.permissions import is_administrator

Tender = Callable[[Any], bool]

_tenders: list[Tender] = []


def register_tender(may_tend: Tender) -> None:
    """Say who looks after something on the site, and with it after its words."""
    if may_tend not in _tenders:
        _tenders.append(may_tend)


def may_tend_words(user: Any) -> bool:
    """Administrators, and whoever looks after something."""
    if not (user.is_authenticated and user.is_active):
        return False
    return is_administrator(user) or any(may_tend(user) for may_tend in _tenders)
