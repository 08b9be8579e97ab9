"""The whole site on a port of its own, in a thread of the tests."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from kring.cli.serving import server_config

PATIENCE = 60


@contextmanager
def running_site() -> Iterator[str]:
    """Serves pages, files and sockets from the settings and the database of the tests; gives its address.

    Enter it while the settings name a data folder that no other process holds.
    """
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(server_config())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise RuntimeError("the site did not start")
        time.sleep(0.02)
    # A name, for passkeys belong to one.
    yield f"http://localhost:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(PATIENCE)
