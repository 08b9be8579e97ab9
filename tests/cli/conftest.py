"""Sites that run for a test."""

import fcntl
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.commands import Running, environment, kring


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


def once(root: Path, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that takes long to make, made by the first of the processes that test side by side."""
    folder = root / name
    with (root / f"{name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = Path(tempfile.mkdtemp(dir=root))
            make(begun)
            begun.rename(folder)
    return folder


@pytest.fixture(scope="session")
def shared_root(tmp_path_factory, request) -> Path:
    """The same folder for all these processes."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(request.config, "workerinput") else own


@pytest.fixture(scope="session")
def filled(shared_root) -> Path:
    """A folder in which `kring demo` ran once; what it printed is in first.txt."""
    return once(shared_root, "filled", _run_demo_once)


def _run_demo_once(data: Path) -> None:
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


@pytest.fixture
def demo(filled, tmp_path) -> Path:
    """A copy of that folder, to do with as one likes."""
    return Path(shutil.copytree(filled, tmp_path / "demo"))


@pytest.fixture
def empty(shared_root, tmp_path) -> Path:
    """A folder with a prepared database and nobody in it; what `kring run` said about that is in said.txt."""
    prepared = once(shared_root, "empty", _keep_what_run_says)
    return Path(shutil.copytree(prepared, tmp_path / "empty"))


def _keep_what_run_says(data: Path) -> None:
    said = kring(data, "run")
    (data / "said.txt").write_text(f"{said.returncode} {said.stderr}")
