"""One process for a data folder: SQLite, channels in memory and the embedded index serve no second."""

import fcntl
from pathlib import Path
from typing import IO

from django.conf import settings

LOCK = "kring.lock"
_held: dict[Path, IO[bytes]] = {}


class FolderTakenError(RuntimeError):
    """Another process works in this folder."""


def wants_one_process() -> bool:
    """Whether the settings leave anything in this one process's hands."""
    return uses_sqlite() or not settings.REDIS_URL


def uses_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


def hold_folder(folder: Path) -> None:
    """Keep other processes out until this one ends; raises FolderTakenError. Twice is as once."""
    if folder in _held:
        return
    file = (folder / LOCK).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise FolderTakenError(
            f"Another Kring works in {folder}. Stop it, or point KRING_DATA to another folder. "
            "Several processes need DATABASE_URL (PostgreSQL) and REDIS_URL."
        ) from None
    _held[folder] = file


def is_held_elsewhere(folder: Path) -> bool:
    """Whether another process works in the folder."""
    if folder in _held or not (folder / LOCK).exists():
        return False
    with (folder / LOCK).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
