"""Servers in processes of their own, for measuring."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE_SECONDS = 120


class Server:
    """A process that listens on 127.0.0.1; `address` is without a path."""

    def __init__(self, words: list[str], env: dict[str, str], port: int, ready: str = "") -> None:
        self.port = port
        self.address = f"127.0.0.1:{port}"
        # A file, and no pipe: one that nobody reads would fill up and stop the server.
        self.output = tempfile.NamedTemporaryFile(suffix=".log")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", *words],
            env=os.environ | env,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )
        if ready:
            self._wait_for(ready)
        else:
            self._wait_for_port()

    def _wait_for(self, word: str) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if word in Path(self.output.name).read_text():
                return
            time.sleep(0.1)
        raise SystemExit(f"{self.address} did not start: {Path(self.output.name).read_text()[-500:]}")

    def _wait_for_port(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit(f"{self.address} did not start")

    def kill(self) -> None:
        """As by a power cut."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def site(env: dict[str, str], port: int = 0, words: tuple[str, ...] = ("kring.cli", "run")) -> Server:
    """The site as people run it, on a database that is made already."""
    port = port or free_port()
    own = {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "KRING_ADMIN_EMAIL": "admin@example.org",
        "KRING_ADMIN_PASSWORD": "a few words for benchmarks",
        "KRING_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": os.pathsep.join(["site", "."]),
    }
    return Server([*words], own | env, port, ready="Kring is ready")


def peer(name: str, env: dict[str, str] | None = None) -> Server:
    port = free_port()
    return Server([f"bench.peers.{name}", str(port)], env or {}, port)
