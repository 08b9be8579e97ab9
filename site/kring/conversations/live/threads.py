"""Database work beside the loop, in a few threads of its own."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections, connection, connections

WORKERS = 4
KEPT_SECONDS = 60
_readers = ThreadPoolExecutor(WORKERS, thread_name_prefix="kring-live")
# SQLite takes one writer at a time; those who wait for each other there sleep longer than it takes.
_writers = ThreadPoolExecutor(1 if connection.vendor == "sqlite" else WORKERS, thread_name_prefix="kring-say")


async def in_thread(work: Callable[..., Any], *args: Any) -> Any:
    """Call it in a thread with a database connection."""
    return await asyncio.get_running_loop().run_in_executor(_readers, _call, work, args)


async def in_writing_thread(work: Callable[..., Any], *args: Any) -> Any:
    """The same, for what writes."""
    return await asyncio.get_running_loop().run_in_executor(_writers, _call, work, args)


def _call(work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """With the connection of the thread, which is kept: opening one costs more than most commands."""
    close_old_connections()
    try:
        return work(*args)
    finally:
        for connection in connections.all(initialized_only=True):
            if connection.connection is not None:
                connection.close_at = time.monotonic() + KEPT_SECONDS
