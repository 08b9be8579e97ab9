"""Reading JSON lines: one record a line, and a clear reason for each line that is none."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

MAX_LINE_BYTES = 4 * 1024 * 1024
MAX_ID = 200
# NUL and lone surrogates cannot be stored in a database.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class RejectedError(Exception):
    """This record cannot be imported; the message is for the person who made the file."""


class UnusableError(Exception):
    """The command cannot run with this input at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds a record, or the reason why it does not; `end` counts bytes from the file's start."""

    file: str
    number: int
    record: dict[str, Any] | None
    reason: str = ""
    end: int = 0

    @property
    def place(self) -> str:
        return f"{self.file}:{self.number}"


def check_file(path: Path) -> None:
    """Raise UnusableError when the path is no file that can be read."""
    if not path.exists():
        raise UnusableError(_("%(path)s: there is no such file") % {"path": path})
    if path.is_dir():
        raise UnusableError(
            _("%(path)s is a folder; name its files, or load them all with kring load") % {"path": path}
        )
    if not path.is_file():
        raise UnusableError(_("%(path)s is no ordinary file") % {"path": path})
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise UnusableError(f"{path}: {error.strerror}") from None
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnusableError(_("%(path)s is written in UTF-16; save it as UTF-8") % {"path": path})


def read_lines(path: Path) -> Iterator[Line]:
    """Every line that is not blank, in order. Takes a BOM, CRLF and a last line without an end.

    Never holds more than MAX_LINE_BYTES of a line in memory.
    """
    with path.open("rb") as stream:
        number = end = 0
        while raw := stream.readline(MAX_LINE_BYTES + 1):
            number += 1
            end += len(raw)
            if number == 1:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            if len(raw) > MAX_LINE_BYTES:
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(MAX_LINE_BYTES)
                    end += len(raw)
                limit = MAX_LINE_BYTES // 1024 // 1024
                reason = _("the line is longer than %(limit)s MB") % {"limit": limit}
                yield Line(str(path), number, None, reason, end)
            elif raw.strip():
                yield _line(path, number, raw, end)


def _line(path: Path, number: int, raw: bytes, end: int) -> Line:
    try:
        return Line(str(path), number, parse(raw), end=end)
    except RejectedError as error:
        return Line(str(path), number, None, str(error), end)


def parse(raw: bytes) -> dict[str, Any]:
    """The record of one line; raises RejectedError."""
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise RejectedError(_("byte %(at)s is not valid UTF-8") % {"at": error.start + 1}) from None
    try:
        record = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        reason = _("not valid JSON: %(what)s at character %(at)s") % {"what": error.msg, "at": error.colno}
        raise RejectedError(reason) from None
    except RecursionError:
        raise RejectedError(_("nested too deeply")) from None
    except ValueError:
        raise RejectedError(_("holds a number with too many digits")) from None
    if not isinstance(record, dict):
        raise RejectedError(_("a record must be an object in braces"))
    if "\\u" in text or "\x00" in text:
        _refuse_unstorable(record)
    return record


def _refuse_constant(name: str) -> NoReturn:
    raise RejectedError(_("%(name)s is no JSON number") % {"name": name})


def _refuse_unstorable(value: Any, key: str = "") -> None:
    if isinstance(value, dict):
        for name, part in value.items():
            _refuse_unstorable(name, key)
            _refuse_unstorable(part, name)
    elif isinstance(value, list):
        for part in value:
            _refuse_unstorable(part, key)
    elif isinstance(value, str) and (found := UNSTORABLE.search(value)):
        code = f"U+{ord(found[0]):04X}"
        reason = _("%(key)s holds the character %(code)s, which cannot be stored")
        raise RejectedError(reason % {"key": ascii(key)[1:-1] or "id", "code": code})


def digest(value: Any) -> str:
    """SHA-256 of a JSON value, the same for equal values however their keys are ordered."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def record_id(record: dict[str, Any]) -> str:
    """The record's own id; raises RejectedError when there is none."""
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        absent = value is None or isinstance(value, str)
        raise RejectedError(_("id is missing") if absent else _("id must be text"))
    value = value.strip()
    if len(value) > MAX_ID:
        raise RejectedError(_("id is longer than %(limit)s characters") % {"limit": MAX_ID})
    return value
