"""What a browser may say over the socket. Anything else is answered by an error, and nothing is stored."""

import json
import re
from dataclasses import MISSING, dataclass
from typing import Any

from django.utils.translation import gettext as _

BODY_MOST = 200_000
CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class BadCommandError(Exception):
    """`code` is for programs, the message for people."""

    def __init__(self, code: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.code, self.message, self.more = code, message, more


class GoneError(BadCommandError):
    """There is nothing here any more for this reader."""


@dataclass(frozen=True, slots=True)
class Hello:
    """I am here, and have everything up to `after`."""

    after: int


@dataclass(frozen=True, slots=True)
class Post:
    """Say something. `client_id` is new for each thing said, and the same when it is sent again."""

    client_id: str
    body: str
    format: str = "markdown"
    reply_to: int = 0
    kind: str = "comment"
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Typing:
    on: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Read up to here."""

    seq: int


COMMANDS: dict[str, type] = {"hello": Hello, "post": Post, "typing": Typing, "seen": Seen}


def read_command(raw: str | bytes) -> Hello | Post | Typing | Seen:
    """The command, or BadCommandError."""
    fields = _object(raw)
    if fields.pop("v", 1) != 1:
        raise BadCommandError("version", _("This page is older or newer than the site. Load it again."))
    name = fields.pop("type", None)
    command = COMMANDS.get(name) if isinstance(name, str) else None
    if command is None:
        raise BadCommandError("unknown", _("The site does not know what was asked."))
    _check_fields(command, fields)
    made = command(**fields)
    if isinstance(made, Post):
        _check_post(made)
    return made


def client_id_in(raw: str | bytes) -> str:
    """The client's id of a command that may be wrong in everything else, to say which one was refused."""
    try:
        given = _object(raw).get("client_id")
    except BadCommandError:
        return ""
    return given if isinstance(given, str) and CLIENT_ID.fullmatch(given) else ""


def _object(raw: str | bytes) -> dict[str, Any]:
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        text.encode()
        found = json.loads(text)
    except (UnicodeError, ValueError, RecursionError):
        raise BadCommandError("syntax", _("What was sent could not be read.")) from None
    if not isinstance(found, dict):
        raise BadCommandError("syntax", _("What was sent could not be read."))
    return found


def _check_fields(command: type, fields: dict[str, Any]) -> None:
    wanted = command.__dataclass_fields__  # type: ignore[attr-defined]
    for name, value in fields.items():
        if name not in wanted:
            raise BadCommandError("field", _("There is a field in it that the site does not know."))
        # bool is an int to Python, and no number to anybody else.
        if type(value) is not wanted[name].type or (type(value) is int and not 0 <= value < 2**62):
            raise BadCommandError("type", _("A field in it has a value that does not fit."))
        if isinstance(value, str) and _has_lone_surrogates(value):
            raise BadCommandError("syntax", _("What was sent could not be read."))
    missing = {name for name, field in wanted.items() if name not in fields and _is_required(field)}
    if missing:
        raise BadCommandError("missing", _("A field is missing in it."))


def _is_required(field: Any) -> bool:
    return field.default is MISSING


def _has_lone_surrogates(value: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in value)


def _check_post(post: Post) -> None:
    if not CLIENT_ID.fullmatch(post.client_id):
        raise BadCommandError("client_id", _("A field in it has a value that does not fit."))
    if len(post.body) > BODY_MOST:
        raise BadCommandError("too_long", _("This is too long. Split it, or attach it as a file."))
    if post.format not in {"html", "markdown"} or post.kind not in {"answer", "comment"}:
        raise BadCommandError("type", _("A field in it has a value that does not fit."))
