"""Documents on their way into a new index, in a file that is gone on with after any interruption.

Each record has the documents of a step and the name of its last thing, so that both are there or neither.
The last record tells that this is all. What a killed process or machine left unfinished at the end is cut
off.

What changed since may be wiped, in place: then a document is there without its text, so that number and order
stay. Before each document stands whether it is kept. That is written first, so that whoever reads meanwhile
looks there again where a document is not as it was; nobody waits for anybody.
"""

import json
import os
import struct
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from kring.indexing.registry import Document

FIELDS = tuple(one.name for one in fields(Document))
# Another where the file looks otherwise.
FORMAT = 2
# Length and checksum of a record's head, and the length of what follows it.
HEADER = struct.Struct("<III")
KEPT, WIPED = b" ", b"x"
NAME_ENDS = ";"


class Place(NamedTuple):
    """Where a document is. length: with the mark before it, which the checksum leaves out."""

    thing: str
    whole: bool
    length: int
    checksum: int


@dataclass(frozen=True, slots=True)
class Record:
    """last: name of its last thing. closing: this is all. begin, end: of its documents in the file."""

    last: str
    closing: bool
    places: list[Place]
    begin: int
    end: int

    @property
    def things(self) -> int:
        return sum(place.whole for place in self.places)


class Journal:
    """last, whole: see Reached. documents, things: how many there are.

    Opening reads through the file, and cuts off what is torn: only who builds may do that.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.last, self.whole = "", False
        self.documents = self.things = 0
        self._open()

    def _open(self) -> None:
        self.path.touch()
        end = 0
        for record, _contents in self._records():
            self._count(record)
            end = record.end
        os.truncate(self.path, end)

    def _count(self, record: Record) -> None:
        self.last, self.whole = record.last, record.closing
        self.documents += len(record.places)
        self.things += record.things

    def add(self, last: str, documents: list[Document]) -> None:
        """A step that was read. Of what was wiped before, nothing comes in again."""
        begin = self._append(last, documents)
        _wipe(self.path, _names(self.path), begin)

    def end(self) -> None:
        """That was all; it is on disk for good on return."""
        self._append(self.last, [], closing=True)
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    def read(self, skip: int = 0) -> Iterator[Document]:
        """The documents, without so many at the beginning. Of what was wiped only its thing is left."""
        for record, contents in self._records():
            pairs = list(zip(record.places, contents, strict=True))
            for place, content in pairs[skip:]:
                yield _document(json.loads(content)) if content else _nothing(place)
            skip = max(0, skip - len(pairs))

    def things_in(self, documents: int) -> int:
        """How many things are among so many documents at the beginning."""
        return reach(self.path, documents)[-1]

    def _append(self, last: str, documents: list[Document], *, closing: bool = False) -> int:
        """Where the record begins."""
        places, contents = [], []
        for document in documents:
            # Names that are translated late are texts, too.
            content = json.dumps(_row(document), default=str).encode()
            whole = "#" not in document.key
            places.append(Place(document.thing, whole, 1 + len(content), zlib.crc32(content)))
            contents.append(KEPT + content)
        head = json.dumps([last, closing, places]).encode()
        body = b"".join(contents)
        with self.path.open("ab") as file:
            begin = file.tell()
            file.write(HEADER.pack(len(head), zlib.crc32(head), len(body)) + head + body)
            end = file.tell()
        self._count(Record(last, closing, places, end - len(body), end))
        return begin

    def _records(self) -> Iterator[tuple[Record, list[bytes]]]:
        """Those that are whole, up to the first that is not; each with its documents, empty where wiped."""
        with self.path.open("rb") as file:
            for record in _heads(file):
                contents = list(_contents(file, record))
                if None in contents:
                    return
                yield record, [content or b"" for content in contents]


def reach(path: Path, documents: int) -> tuple[str, bool, int, int]:
    """Name of the last thing, whether that is all, how many things there are, and how many among so many
    documents at the beginning. Changes nothing, and may be asked at any time."""
    last, whole, things, found = "", False, 0, 0
    with path.open("rb") as file:
        for record in _heads(file):
            last, whole = record.last, record.closing
            things += record.things
            found += sum(place.whole for place in record.places[:documents])
            documents -= min(documents, len(record.places))
    return last, whole, things, found


def wipe(path: Path, things: Collection[str]) -> None:
    """Let a journal hold no text of these, now or when it is added to; may be called while it is.

    Where there is none any more nothing happens. Again it does no harm, and is needed where a machine failed.
    """
    with suppress(FileNotFoundError):
        # Whoever adds looks here afterwards, so what comes too late to be found below is wiped there.
        with _file_of_names(path).open("a") as file:
            file.write("\n" + "".join(f"{thing}{NAME_ENDS}\n" for thing in things))
        _wipe(path, set(things), 0)


def _file_of_names(path: Path) -> Path:
    return path.with_name(f"{path.name}-wiped")


def _names(path: Path) -> set[str]:
    """Of what was wiped. A name that is not all there is none, for it may begin another."""
    with suppress(FileNotFoundError):
        lines = _file_of_names(path).read_text().split()
        return {line.removesuffix(NAME_ENDS) for line in lines if line.endswith(NAME_ENDS)}
    return set()


def _wipe(path: Path, things: set[str], begin: int) -> None:
    if not things:
        return
    with path.open("r+b") as file:
        for record in _heads(file, begin):
            at = record.begin
            for place in record.places:
                if place.thing in things:
                    os.pwrite(file.fileno(), WIPED, at)
                    os.pwrite(file.fileno(), bytes(place.length - 1), at + 1)
                at += place.length


def _heads(file: IO[bytes], begin: int = 0) -> Iterator[Record]:
    """From a place on, up to the first record that is not all there. Documents are not looked at."""
    size, at = os.fstat(file.fileno()).st_size, begin
    while size - at >= HEADER.size:
        file.seek(at)
        length, checksum, more = HEADER.unpack(file.read(HEADER.size))
        begin = at + HEADER.size + length
        at = begin + more
        head = file.read(length) if at <= size else b""
        if not head or zlib.crc32(head) != checksum:
            return
        last, closing, places = json.loads(head)
        yield Record(last, closing, [Place(*place) for place in places], begin, at)


def _contents(file: IO[bytes], record: Record) -> Iterator[bytes | None]:
    """Each document of a record; empty where it was wiped, None where it is torn."""
    file.seek(record.begin)
    at = record.begin
    for place in record.places:
        content = file.read(place.length)
        whole = content[:1] == KEPT and zlib.crc32(content[1:]) == place.checksum
        if whole:
            yield content[1:]
        else:
            yield b"" if os.pread(file.fileno(), 1, at) == WIPED else None
        at += place.length


def _row(document: Document) -> list[Any]:
    row = [getattr(document, name) for name in FIELDS]
    row[FIELDS.index("updated_at")] = document.updated_at.isoformat()
    return row


def _document(row: list[Any]) -> Document:
    found: dict[str, Any] = {}
    for name, value in zip(FIELDS, row, strict=True):
        found[name] = tuple(value) if isinstance(value, list) else value
    found["updated_at"] = datetime.fromisoformat(found["updated_at"])
    return Document(**found)


def _nothing(place: Place) -> Document:
    """What stands for a document that was wiped: nobody may read it, and it goes with its thing."""
    key = place.thing if place.whole else f"{place.thing}#"
    return Document(key, "", "", "", "", (), datetime.fromtimestamp(0, UTC))
