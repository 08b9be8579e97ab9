"""Faults that the person at the terminal can mend, said in a line that says how."""

from __future__ import annotations

import errno
from urllib.parse import urlsplit


class Stop(Exception):  # noqa: N818
    """Ends the command with its line."""


def explain(error: BaseException) -> str | None:
    """What to do about it; None for a fault of the program, which deserves its traceback."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db import DatabaseError

    from kring.worker.folder import FolderTakenError

    if isinstance(error, Stop | FolderTakenError | ImproperlyConfigured | CommandError):
        return str(error)
    if isinstance(error, DatabaseError):
        return _database(error)
    if type(error).__module__.startswith("redis.") and isinstance(error, OSError | Exception):
        return _redis()
    if isinstance(error, OSError):
        return _file(error)
    return None


def _database(error: BaseException) -> str | None:
    from django.conf import settings

    database = settings.DATABASES["default"]
    said = " ".join(str(error).split())
    if database["ENGINE"].endswith("sqlite3"):
        return _sqlite(str(database["NAME"]), said)
    place = f"{database['HOST'] or 'the local socket'}:{database['PORT'] or 5432}"
    if type(error).__name__ == "OperationalError":
        return f"The database at {place} cannot be used. Is it running, and is DATABASE_URL right? ({said})"
    return None


def _sqlite(path: str, said: str) -> str | None:
    known = {
        "not a database": f"{path} is no SQLite database, or damaged. Put a backup there, or move it away.",
        "malformed": f"{path} is damaged. Put a backup in its place (docs/operations.md).",
        "locked": f"{path} is locked by another program. Stop that program and start again.",
        "unable to open": f"{path} cannot be opened. May this user read and write the file and its folder?",
        "readonly": f"{path} cannot be written. May this user write the file and its folder?",
        "full": f"The disk that holds {path} is full.",
    }
    return next((line for part, line in known.items() if part in said), None)


def _redis() -> str:
    from django.conf import settings

    parts = urlsplit(settings.REDIS_URL)
    place = f"{parts.hostname}:{parts.port or 6379}"
    return f"Redis at {place} does not answer. Is it running, and is REDIS_URL right?"


def _file(error: OSError) -> str | None:
    if error.errno == errno.ENOSPC:
        return f"The disk is full ({error.filename})." if error.filename else "The disk is full."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} and error.filename:
        return (
            f"{error.filename} cannot be written ({error.strerror}). Let this user write there, "
            "or point KRING_DATA to another folder."
        )
    return None
