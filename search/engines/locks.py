"""Locks between the processes of a site, on whichever machine they run. A dead process holds none."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from .embedded.storage import locked


@contextmanager
def held(folder: Path, name: str, *, wait: bool = True) -> Iterator[bool]:
    """Hold the lock `name`; gives False when it isn't waited for and another holds it.

    On PostgreSQL the server keeps it, for a connection of its own; SQLite serves one machine, so there it is
    a file in `folder`.
    """
    if connection.vendor == "postgresql":
        with _by_server(f"kring search {name}", wait) as mine:
            yield mine
    else:
        with locked(folder, name, wait=wait) as mine:
            yield mine


@contextmanager
def _by_server(name: str, wait: bool) -> Iterator[bool]:
    import psycopg

    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    function = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
    parameters: dict[str, Any] = connection.get_connection_params()
    # Closing the connection gives the lock back.
    with psycopg.connect(**parameters, autocommit=True) as own:
        (answer,) = own.execute(f"SELECT {function}(%s)", [key]).fetchone() or (False,)
        yield answer is not False
