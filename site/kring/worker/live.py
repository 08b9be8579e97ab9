"""Messages to the browsers that watch something, from any thread.

A channel layer in memory belongs to the server's event loop: called from a thread's own loop the message
would lie there until the server's loop wakes for another reason, seconds later.
"""

import asyncio
from concurrent.futures import Future
from functools import partial
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

log = structlog.get_logger("kring.worker")
_loop: asyncio.AbstractEventLoop | None = None


def attach(loop: asyncio.AbstractEventLoop | None) -> None:
    """Tell which loop serves the browsers of this process; None when it ends."""
    global _loop
    _loop = loop


def send_to_group(group: str, message: dict[str, Any]) -> None:
    """Send to everybody in a channels group. For synchronous code; call it on commit. Never raises or waits.

    Who watches live loses nothing but the liveliness when it fails: the page shows it when loaded again.
    """
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        if _loop is not None and _loop.is_running():
            sending = asyncio.run_coroutine_threadsafe(layer.group_send(group, message), _loop)
            sending.add_done_callback(partial(_note, group))
        else:
            async_to_sync(layer.group_send)(group, message)
    except Exception as error:
        _warn(group, error)


def _note(group: str, sending: "Future[None]") -> None:
    if not sending.cancelled() and (error := sending.exception()):
        _warn(group, error)


def _warn(group: str, error: BaseException) -> None:
    log.warning("a live message was not delivered", group=group, error=repr(error))
