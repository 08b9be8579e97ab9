"""Who may do what with people."""

from typing import Any


def reads_everything(user: Any) -> bool:
    """Administrators, and editors with the permission: they may read private communities too."""
    return bool(user.is_active and (user.is_superuser or user.has_perm("people.read_everything")))


def is_administrator(user: Any) -> bool:
    return bool(user.is_active and user.is_superuser)
