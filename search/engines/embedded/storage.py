"""The folder of the index: which build is live, who may write, and what a rebuild must catch up with.

<root>/v<schema>-<nanoseconds>/ holds a build, CURRENT names the live one, write.lock is held while writing,
drain.lock while draining the outbox, rebuild.lock while a new build is made. `unfinished` tells how far that
is, and `replay` collects what is written to the live one meanwhile.
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
    keep_names(root)


def keep_names(root: Path) -> None:
    """Let the names in a folder be there after a crash."""
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
    if name != current(root):
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
        if not nobody_builds:
            note(root, things)


def note(root: Path, things: Iterable[str]) -> None:
    """Write down for a new build that these changed; for good on return. Call it under the write lock."""
    with (root / "replay").open("a") as file:
        file.writelines(f"{thing}\n" for thing in things)
        file.flush()
        os.fsync(file.fileno())


def begin_notes(root: Path) -> None:
    """Forget all notes; from now on there are some, if only none."""
    (root / "replay").unlink(missing_ok=True)
    note(root, ())
    keep_names(root)


def has_notes(root: Path) -> bool:
    return (root / "replay").exists()


def notes(root: Path) -> set[str]:
    """What changed since the build began. Call it under the write lock."""
    return set((root / "replay").read_text().split()) if has_notes(root) else set()


def forget_notes(root: Path) -> None:
    (root / "replay").unlink(missing_ok=True)


def take_notes(root: Path) -> set[str]:
    """What changed since the build began, once. Call it under the write lock."""
    found = notes(root)
    forget_notes(root)
    return found


def prune(root: Path, *, keep_seconds: float = GRACE_SECONDS, but: str = "") -> None:
    """Remove builds that nobody reads any more: not live, and older than a reader may still hold.

    but: the name of one that is not whole yet.
    """
    kept = {current(root), but}
    for folder in root.glob("v*-*"):
        old = time.time() - folder.stat().st_mtime > keep_seconds
        if folder.is_dir() and folder.name not in kept and old:
            shutil.rmtree(folder, ignore_errors=True)
