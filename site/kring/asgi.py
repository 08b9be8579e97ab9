"""ASGI entry point: pages, WebSockets, and the threads that live with the server."""

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings.production")
_pages = get_asgi_application()

# What follows wants Django to be set up.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from channels.sessions import CookieMiddleware  # noqa: E402
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import get_resolver, re_path  # noqa: E402
from django.utils.module_loading import module_has_submodule  # noqa: E402

from kring.worker import live  # noqa: E402
from kring.worker.folder import FolderTakenError, hold_folder, uses_sqlite, wants_one_process  # noqa: E402
from kring.worker.registry import Companion, start_companions  # noqa: E402
from kring.worker.running import Worker  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
UNKNOWN_SOCKET = 4404


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": UNKNOWN_SOCKET})


def _socket_routes() -> list[Any]:
    """`websocket_urlpatterns` of each app's consumers; any other address is refused."""
    found = [
        route
        for config in apps.get_app_configs()
        if module_has_submodule(config.module, "consumers")
        for route in getattr(import_module(f"{config.name}.consumers"), "websocket_urlpatterns", [])
    ]
    return [*found, re_path(r"", _refuse)]


_protocols = ProtocolTypeRouter(
    {
        "http": _pages,
        # Without Channels' own sessions: they stand before every frame, and sockets ask anew who it is.
        "websocket": AllowedHostsOriginValidator(CookieMiddleware(URLRouter(_socket_routes()))),
    }
)


def _start() -> list[Companion]:
    """What lives as long as the server. Raises FolderTakenError when a second process would lose messages."""
    if wants_one_process():
        hold_folder(settings.DATA_DIR)
    # Loads all views now, so that the first visitor doesn't wait for them.
    get_resolver()._populate()
    if not settings.WORKER_IN_WEB:
        return []
    worker = Worker(alone=uses_sqlite())
    worker.start()
    return [worker, *start_companions()]


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    live.attach(asyncio.get_running_loop())
    try:
        threads = await asyncio.to_thread(_start)
    except FolderTakenError as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()
    for thread in threads:
        await asyncio.to_thread(thread.stop)
    live.attach(None)
    await send({"type": "lifespan.shutdown.complete"})


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        await _protocols(scope, receive, send)
