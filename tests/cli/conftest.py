"""Sites that run for a test."""

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.commands import Running, environment


@pytest.fixture
def start(tmp_path) -> Iterator[Callable[..., Running]]:
    """Start `kring <word>` on a folder and wait until it is ready; stopped after the test."""
    running: list[Running] = []

    def begin(word: str, data: Path, **more: str) -> Running:
        process = subprocess.Popen(
            [sys.executable, "-m", "kring.cli", word],
            env=environment(data, **more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        one = Running(process)
        running.append(one)
        assert process.stdout is not None
        read = lambda: one.lines.extend(line.rstrip("\n") for line in process.stdout)  # noqa: E731
        threading.Thread(target=read, daemon=True).start()
        one.wait_until_ready()
        return one

    yield begin
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """A folder in which `kring demo` ran once; what it printed is in first.txt."""
    data = tmp_path_factory.mktemp("demo")
    process = subprocess.Popen(
        [sys.executable, "-m", "kring.cli", "demo"],
        env=environment(data),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Ctrl+C"):
            break
    process.send_signal(signal.SIGINT)
    process.wait(30)
    (data / "first.txt").write_text("".join(lines))
    return data


@pytest.fixture
def demo(filled, tmp_path) -> Path:
    """A copy of that folder, to do with as one likes."""
    return Path(shutil.copytree(filled, tmp_path / "demo"))
