"""The folder of the index: which build is live, who may write, and what a rebuild must catch up with.

<root>/v<schema>-<nanoseconds>/ holds a build, CURRENT names the live one, write.lock is held while writing,
drain.lock while draining the outbox, rebuild.lock while a new build is made; `replay` collects what is
written to the live one meanwhile.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .schema import VERSION

GRACE_SECONDS = 600


@contextmanager
def locked(root: Path, name: str, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock of this folder; gives False when it isn't waited for and another holds it."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / f"{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def current(root: Path) -> str:
    """Name of the live build, or an empty string when there is none of this schema."""
    try:
        name = (root / "CURRENT").read_text().strip()
    except FileNotFoundError:
        return ""
    usable = name.startswith(f"v{VERSION}-") and (root / name / "meta.json").exists()
    return name if usable else ""


def make_live(root: Path, name: str) -> None:
    """Swap to this build, so that a crash leaves either the old or the new one."""
    temporary = root / f"CURRENT.{os.getpid()}"
    with temporary.open("w") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(root / "CURRENT")
    folder = os.open(root, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def new_build(root: Path) -> str:
    """Make an empty folder for a build; its name."""
    name = f"v{VERSION}-{time.time_ns()}"
    (root / name).mkdir(parents=True)
    return name


def remove_build(root: Path, name: str) -> None:
    """Remove a build that was never live."""
    shutil.rmtree(root / name, ignore_errors=True)


def generation(root: Path) -> tuple[str, int, int] | None:
    """Changes with every commit and swap; None when there is no index."""
    name = current(root)
    if not name:
        return None
    meta = (root / name / "meta.json").stat()
    return name, meta.st_mtime_ns, meta.st_ino


def wasted(root: Path, name: str) -> float:
    """Share of the build that is deleted documents."""
    meta = json.loads((root / name / "meta.json").read_text())
    held = sum(segment["max_doc"] for segment in meta["segments"])
    gone = sum((segment.get("deletes") or {}).get("num_deleted_docs", 0) for segment in meta["segments"])
    return gone / held if held else 0.0


def note_for_rebuild(root: Path, things: Iterable[str]) -> None:
    """While a build is made: write down what the live one was just told. Call it under the write lock."""
    with locked(root, "rebuild", wait=False) as nobody_builds:
        if nobody_builds:
            return
    with (root / "replay").open("a") as file:
        file.writelines(f"{thing}\n" for thing in things)
        file.flush()
        os.fsync(file.fileno())


def take_notes(root: Path) -> set[str]:
    """What changed since the build began. Call it under the write lock."""
    try:
        found = set((root / "replay").read_text().split())
    except FileNotFoundError:
        return set()
    (root / "replay").unlink()
    return found


def prune(root: Path, *, keep_seconds: float = GRACE_SECONDS) -> None:
    """Remove builds that nobody reads any more: not live, and older than a reader may still hold."""
    live = current(root)
    for folder in root.glob("v*-*"):
        old = time.time() - folder.stat().st_mtime > keep_seconds
        if folder.is_dir() and folder.name != live and old:
            shutil.rmtree(folder, ignore_errors=True)
