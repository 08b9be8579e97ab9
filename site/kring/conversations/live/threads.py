"""Database work beside the loop, in a few threads of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from channels.db import DatabaseSyncToAsync

WORKERS = 4
_pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="kring-live")


async def in_thread(work: Callable[..., Any], *args: Any) -> Any:
    """Call it in a thread with a database connection."""
    return await DatabaseSyncToAsync(work, thread_sensitive=False, executor=_pool)(*args)
