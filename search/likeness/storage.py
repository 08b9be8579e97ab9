"""The folder of likeness: which build is live, and what it holds.

<root>/l<format>-<nanoseconds>/ holds a build: a model and where every thing lay when it was learnt, in files
that never change and whose checksums stand in meta.json; `journal`, to which changes are added, and
`doubles.json`.
CURRENT names the live build, write.lock is held while writing, rebuild.lock while learning, and `replay`
collects what changes meanwhile.
"""

import json
import os
import shutil
import struct
import time
import zlib
from pathlib import Path
from typing import Any

FORMAT = 2
GRACE_SECONDS = 600
# Length and checksum of what follows.
HEADER = struct.Struct("<II")


class DamagedError(Exception):
    """A file of the build is not as it was written."""


def current(root: Path) -> str:
    """Name of the live build, or an empty string when there is none of this format."""
    try:
        name = (root / "CURRENT").read_text().strip()
    except FileNotFoundError:
        return ""
    usable = name.startswith(f"l{FORMAT}-") and (root / name / "meta.json").exists()
    return name if usable else ""


def new_build(root: Path) -> Path:
    folder = root / f"l{FORMAT}-{time.time_ns()}"
    folder.mkdir(parents=True)
    return folder


def prune(root: Path, *, keep_seconds: float = GRACE_SECONDS) -> None:
    """Remove builds that nobody reads any more: not live, and older than a reader may still hold."""
    live = current(root)
    for folder in root.glob("l*-*"):
        old = time.time() - folder.stat().st_mtime > keep_seconds
        if folder.is_dir() and folder.name != live and old:
            shutil.rmtree(folder, ignore_errors=True)


def write_json(path: Path, value: Any) -> None:
    """In one go: who reads finds the old or the new."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def seal(folder: Path, number: int) -> None:
    """Write down the checksums of all files that are there: from now on they stay as they are.

    number: of how many things they are made.
    """
    sums = {path.name: checksum(path) for path in sorted(folder.iterdir())}
    write_json(folder / "meta.json", {"sums": sums, "at": time.time(), "number": number})


def checked(folder: Path) -> Any:
    """What meta.json says; raises DamagedError where a file is missing or another than sealed."""
    try:
        meta = read_json(folder / "meta.json")
        wrong = [name for name, number in meta["sums"].items() if checksum(folder / name) != number]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(str(error)) from error
    if wrong:
        raise DamagedError(", ".join(wrong))
    return meta


def checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found = zlib.crc32(piece, found)
    return found


def learnt(root: Path) -> tuple[float, int]:
    """When the live build was made, in seconds of the epoch, and of how many things; zeros for none."""
    try:
        meta = read_json(root / current(root) / "meta.json")
        return float(meta["at"]), int(meta["number"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0, 0


def append(folder: Path, record: bytes) -> None:
    """Add a record to the journal, over the torn end that a killed process left. Call it under write.lock."""
    with (folder / "journal").open("a+b") as file:
        file.seek(0)
        end = sum(HEADER.size + len(one) for one in _read(file.read()))
        file.truncate(end)
        file.write(HEADER.pack(len(record), zlib.crc32(record)) + record)
        file.flush()
        os.fsync(file.fileno())


def records(folder: Path, start: int = 0) -> tuple[list[bytes], int]:
    """The whole records of the journal from a place on, and the place after them."""
    try:
        with (folder / "journal").open("rb") as file:
            file.seek(start)
            found = _read(file.read())
    except FileNotFoundError:
        return [], start
    return found, start + sum(HEADER.size + len(one) for one in found)


def _read(content: bytes) -> list[bytes]:
    found = []
    at = 0
    while len(content) - at >= HEADER.size:
        length, wanted = HEADER.unpack_from(content, at)
        record = content[at + HEADER.size : at + HEADER.size + length]
        if len(record) < length or zlib.crc32(record) != wanted:
            break
        found.append(record)
        at += HEADER.size + length
    return found


def generation(root: Path) -> tuple[str, int, int] | None:
    """Changes with every build and every record; None when there is no build."""
    name = current(root)
    if not name:
        return None
    try:
        journal = (root / name / "journal").stat()
    except FileNotFoundError:
        return name, 0, 0
    return name, journal.st_mtime_ns, journal.st_size


def forget(root: Path) -> None:
    """Nothing is live any more."""
    (root / "CURRENT").unlink(missing_ok=True)
