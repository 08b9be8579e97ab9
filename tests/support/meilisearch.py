"""A Meilisearch server for tests: the one that MEILISEARCH_URL names, or one of our own from the path."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from search.engines.meilisearch.server import Server

PATIENCE_SECONDS = 60
KEY = "a-master-key-for-the-tests-of-kring"


def available() -> bool:
    return bool(os.environ.get("MEILISEARCH_URL")) or has_program()


def has_program() -> bool:
    return shutil.which("meilisearch") is not None


needs_server = pytest.mark.skipif(not available(), reason="no Meilisearch: MEILISEARCH_URL, or the path")
# The server is killed and started in these, so it must be our own.
needs_program = pytest.mark.skipif(not has_program(), reason="no `meilisearch` on the path")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Running:
    """A server of our own, on loopback, which can be ended and started again on the same folder."""

    def __init__(self, folder: Path, *more: str) -> None:
        self.more = more
        self.folder, self.port, self.key = folder, free_port(), KEY
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("meilisearch")
        assert program
        self.folder.mkdir(parents=True, exist_ok=True)
        words = [
            *(program, "--http-addr", f"127.0.0.1:{self.port}", "--master-key", self.key),
            *("--db-path", str(self.folder / "data"), "--no-analytics", "--env", "production"),
            # With the default it makes room for gigabytes before each small change, which takes seconds.
            *("--max-indexing-memory", "200MiB"),
            *self.more,
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(words, cwd=self.folder, stdout=log, stderr=log)
        wait_for(self.url)

    def pause(self) -> None:
        """Let it take connections and answer none, until it is ended."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def end(self) -> None:
        """At once, as a machine that fails."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


class Given:
    """A server that somebody else looks after."""

    def __init__(self) -> None:
        self.url = os.environ["MEILISEARCH_URL"]
        self.key = os.environ.get("MEILISEARCH_API_KEY", "")


def wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            Server(url, "").get("health", seconds=1)
        except RuntimeError:
            assert time.monotonic() < until, "Meilisearch did not start"
            time.sleep(0.05)
        else:
            return


def remove_all(server: Server, prefix: str) -> None:
    """The indexes that a test made."""
    names = [name for name in server.index_names() if name.startswith(f"{prefix}-")]
    server.wait(*[server.delete(f"indexes/{name}") for name in names])
