"""Messages to the browsers that watch something, from any thread.

A channel layer in memory belongs to the server's event loop: called from a thread's own loop the message
would lie there until the server's loop wakes for another reason, seconds later.
"""

import asyncio
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

log = structlog.get_logger("kring.worker")
_loop: asyncio.AbstractEventLoop | None = None
PATIENCE = 5


def attach(loop: asyncio.AbstractEventLoop | None) -> None:
    """Tell which loop serves the browsers of this process; None when it ends."""
    global _loop
    _loop = loop


def send_to_group(group: str, message: dict[str, Any]) -> None:
    """Send to everybody in a channels group. For synchronous code; call it on commit. Never raises.

    Who watches live loses nothing but the liveliness when it fails: the page shows it when loaded again.
    """
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        if _loop is not None and _loop.is_running():
            asyncio.run_coroutine_threadsafe(layer.group_send(group, message), _loop).result(PATIENCE)
        else:
            async_to_sync(layer.group_send)(group, message)
    except Exception as error:
        log.warning("a live message was not delivered", group=group, error=repr(error))
