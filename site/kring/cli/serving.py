"""`kring demo` and `kring run`: one process that serves the site."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from .accounts import ensure_administrator
from .demo import demo_lines, refuse_demo_content
from .faults import Stop
from .preparing import build_index_if_missing, collect_static_if_needed, migrate_if_needed, set_up

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
WARM_UP_SECONDS = 30


def serve_demo() -> int:
    """The demo, on this machine alone: everybody knows its passwords."""
    host = os.environ.get("HOST", "").strip() or "localhost"
    if host not in LOOPBACK:
        raise Stop(
            f"HOST is {host}, but the demo answers this machine only: its passwords are public. "
            "Unset HOST, or use `kring run` for a site that others reach."
        )
    return _serve(host, _prepare_demo)


def serve_site() -> int:
    """The site for real use."""
    return _serve(os.environ.get("HOST", "").strip() or "localhost", _prepare_site)


def _prepare_demo() -> list[str]:
    _prepare_database()
    lines = demo_lines()
    build_index_if_missing()
    return lines


def _prepare_site() -> list[str]:
    from django.conf import settings

    refuse_demo_content(settings.DATA_DIR)
    _prepare_database()
    ensure_administrator()
    if collect_static_if_needed():
        print("Collected the static files.", flush=True)
    if not os.environ.get("EMAIL_URL"):
        return [f"EMAIL_URL is not set: mail is written to {settings.EMAIL_FILE_PATH} instead of sent."]
    return []


def _prepare_database() -> None:
    if migrate_if_needed():
        print("Prepared the database.", flush=True)


MOST_IN_A_FRAME = 1_000_000


def _serve(host: str, prepare: Callable[[], list[str]]) -> int:
    listener = _bind(host)
    port = listener.getsockname()[1]
    os.environ.setdefault("KRING_URL", f"http://localhost:{port}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    set_up()
    from django.conf import settings

    from kring.worker.folder import hold_folder, wants_one_process

    if wants_one_process():
        hold_folder(settings.DATA_DIR)
    lines = prepare()
    _close_connections()
    ready = "\n".join([f"Kring is ready: {settings.BASE_URL}", *lines, "Ctrl+C stops it."])
    try:
        return _listen(listener, lambda: print(ready, flush=True))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 0


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def _bind(host: str) -> socket.socket:
    """Taken before anything else, so that a busy port is said at once."""
    word = os.environ.get("PORT", "").strip() or "8000"
    if not word.isdecimal() or not 0 <= int(word) <= 65535:
        raise Stop(f"PORT is {word}; write a number from 1 to 65535.")
    try:
        name = "127.0.0.1" if host == "localhost" else host
        family, kind, protocol, _, address = socket.getaddrinfo(name, int(word), type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise Stop(f"HOST is {host}, which is no address of this machine.") from None
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        # Without it, two could bind the same port and only the later one fail.
        listener.listen(128)
        listener.set_inheritable(True)
    except PermissionError:
        raise Stop(f"Port {word} may not be used by this user. Choose one from 1024: PORT=8000.") from None
    except OSError:
        other = int(word) + 1 if int(word) < 65535 else 8000
        raise Stop(f"Port {word} at {host} is in use. Choose another: PORT={other}.") from None
    return listener


# A second. Threads that work with the database hold up the loop, which hands on what is said, by as much each
# time that it wants to go on; Python's own is five times as long.
SWITCH_SECONDS = 0.001


def _listen(listener: socket.socket, on_ready: Callable[[], None]) -> int:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            if self.started and not self.should_exit:
                await _wait_for_answer(listener)
                on_ready()

    sys.setswitchinterval(SWITCH_SECONDS)
    server = Server(server_config())
    server.run(sockets=[listener])
    return 0 if server.started else 1


def server_config() -> Any:
    """How the site is served, as uvicorn wants to know it."""
    import uvicorn

    return uvicorn.Config(
        "kring.asgi:application",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        ws="kring.cli.sockets:SocketProtocol",
        # Compressing the same small frame for each of a thousand readers costs more than sending it.
        ws_per_message_deflate=False,
        ws_max_size=MOST_IN_A_FRAME,
    )


async def _wait_for_answer(listener: socket.socket) -> None:
    """Until the site answers a visitor; ready means ready."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    answer = await asyncio.wait_for(reader.readline(), WARM_UP_SECONDS)
    writer.close()
    if b" 200 " not in answer:
        raise Stop(f"The site started, but answers {answer.decode('ascii', 'replace').strip() or 'nothing'}.")
