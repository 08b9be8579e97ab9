"""Documents on their way into a new index, in a file that is gone on with after any interruption.

Each record has the documents of a step and the name of its last thing, so that both are there or neither.
The last record tells that this is all, and the words of it. What a killed process or machine left unfinished
at the end is cut off.
"""

import json
import os
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from kring.indexing.registry import Document

FIELDS = tuple(one.name for one in fields(Document))
# Length and checksum of what follows, and how many documents and things that is.
HEADER = struct.Struct("<IIII")


@dataclass(frozen=True, slots=True)
class Record:
    content: bytes
    documents: int
    things: int


class Journal:
    """last, whole: see Reached. documents, things: how many there are. words: of all, once it is whole.

    Opening reads through the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.last, self.documents, self.things = "", 0, 0
        self.words: Counter[str] | None = None
        self._open()

    def _open(self) -> None:
        self.path.touch()
        end, content = 0, b""
        for record in self._records():
            end += HEADER.size + len(record.content)
            self.documents += record.documents
            self.things += record.things
            content = record.content
        os.truncate(self.path, end)
        if content:
            found = json.loads(content)
            self.last = found["last"]
            self.words = Counter(found["words"]) if "words" in found else None

    @property
    def whole(self) -> bool:
        return self.words is not None

    def add(self, last: str, documents: list[Document]) -> None:
        """A step that was read."""
        rows = [_row(one) for one in documents]
        things = sum("#" not in one.key for one in documents)
        self._append({"last": last, "documents": rows}, len(rows), things)

    def end(self, words: Mapping[str, int]) -> None:
        """That was all; it is on disk for good on return."""
        self._append({"last": self.last, "words": words}, 0, 0)
        self.words = Counter(words)
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    def read(self, skip: int = 0) -> Iterator[Document]:
        """The documents, without so many at the beginning."""
        for record in self._records():
            if skip >= record.documents:
                skip -= record.documents
                continue
            for row in json.loads(record.content)["documents"][skip:]:
                yield _document(row)
            skip = 0

    def things_in(self, documents: int) -> int:
        """How many things are among so many documents at the beginning."""
        found = 0
        for record in self._records():
            if documents < record.documents:
                rows = json.loads(record.content)["documents"][:documents]
                return found + sum("#" not in row[FIELDS.index("key")] for row in rows)
            documents -= record.documents
            found += record.things
        return found

    def _append(self, found: dict[str, Any], documents: int, things: int) -> None:
        # Names that are translated late are texts, too.
        content = json.dumps(found, default=str).encode()
        with self.path.open("ab") as file:
            file.write(HEADER.pack(len(content), zlib.crc32(content), documents, things) + content)
        self.last, self.documents, self.things = (
            found["last"],
            self.documents + documents,
            self.things + things,
        )

    def _records(self) -> Iterator[Record]:
        """Those that are whole, up to the first that is not."""
        left = self.path.stat().st_size
        with self.path.open("rb") as file:
            while left >= HEADER.size:
                length, wanted, documents, things = HEADER.unpack(file.read(HEADER.size))
                left -= HEADER.size + length
                content = file.read(length) if left >= 0 else b""
                if not content or zlib.crc32(content) != wanted:
                    return
                yield Record(content, documents, things)


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
