"""Files of JSON lines, and importing them."""

import json
from pathlib import Path
from typing import Any

from kring.importing.actions import Report, import_files


def write_lines(path: Path, *records: Any) -> Path:
    """A file with a record a line; bytes are written as they are."""
    lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in records]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def import_records(folder: Path, kind: str, *records: Any, name: str = "", **options: Any) -> Report:
    path = write_lines(folder / (name or f"{kind}.jsonl"), *records)
    return import_files(kind=kind, files=[path], **options)


def counted(report: Report) -> dict[str, int]:
    """The outcomes that occurred, by name."""
    return {outcome.value: count for outcome, count in report.counts.items() if count}


def reasons(report: Report) -> dict[int, str]:
    """Reason by line number, of the rejected records."""
    return {int(place.rpartition(":")[2]): reason for place, reason in report.rejected}
