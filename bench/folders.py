"""Folders with documents, queries and judgements, as the BEIR collection lays them out.

corpus.jsonl: {"_id", "title", "text"}; queries.jsonl: {"_id", "text"}; qrels/test.tsv: a heading, which may
be missing, then query, document and grade with tabs between. Rows of the first two may say "lang". Titles and
texts may be empty or missing, ids are any text or number, and of rows with the same id the last one counts.
Files are UTF-8, with or without a mark at the beginning, with any ends of lines.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TELLING = {
    "nl": frozenset(
        "de het een en van dat die is niet met voor zijn op aan ook wordt naar bij hoe wat".split()
    ),
    "en": frozenset("the a and of that is not with for are on to also this by how what it be from".split()),
}
WORD = re.compile(r"[a-z]+")
LOOKED_AT = 2000
LANGUAGES = {"nl", "en"}


class BadFolderError(ValueError):
    """What is wrong with a folder, in a line that says where."""


@dataclass(slots=True)
class Collection:
    """documents and queries: id to row. grades: query to document to grade."""

    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    queries: dict[str, dict[str, Any]] = field(default_factory=dict)
    grades: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def judged(self) -> list[str]:
        """Queries for which something is relevant."""
        return [key for key in self.queries if any(grade > 0 for grade in self.grades.get(key, {}).values())]


def read(folder: Path) -> Collection:
    """Raises BadFolderError."""
    return Collection(
        _texts(folder / "corpus.jsonl"),
        _texts(folder / "queries.jsonl"),
        _grades(folder / "qrels" / "test.tsv"),
    )


def write(folder: Path, collection: Collection) -> None:
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_rows(folder / "corpus.jsonl", collection.documents)
    _write_rows(folder / "queries.jsonl", collection.queries)
    with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8") as file:
        file.write("query-id\tcorpus-id\tscore\n")
        for query, grades in collection.grades.items():
            file.writelines(f"{query}\t{document}\t{grade}\n" for document, grade in grades.items())


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file with one a line."""
    for number, line in _lines(path):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise _bad(path, number, f"is no JSON: {error}") from error
        if not isinstance(row, dict):
            raise _bad(path, number, "is no object")
        yield row


def language_of(texts: Iterable[str]) -> str:
    """ "nl" or "en", by their commonest words; "" when neither shows."""
    counts = dict.fromkeys(TELLING, 0)
    for text in texts:
        for word in WORD.findall(text[:LOOKED_AT].lower()):
            for code, telling in TELLING.items():
                counts[code] += word in telling
    if counts["nl"] == counts["en"]:
        return ""
    return max(counts, key=lambda code: counts[code])


def _bad(path: Path, number: int, what: str) -> BadFolderError:
    return BadFolderError(f"{path}: line {number} {what}")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """(number, line) of those that are not empty."""
    try:
        with path.open("rb") as file:
            # Texts may hold signs that Python takes for ends of lines, so bytes are cut.
            for number, raw in enumerate(file, 1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                if line.strip():
                    yield number, line
    except OSError as error:
        raise BadFolderError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFolderError(f"{path}: not in UTF-8: {error}") from error


def _texts(path: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for number, row in enumerate(rows(path), 1):
        key = row.get("_id")
        if not isinstance(key, str | int) or key == "":
            raise BadFolderError(f'{path}: row {number} has no "_id"')
        # json.dumps() may have written halves of signs, which no engine takes.
        made = {name: _plain(path, number, name, row.get(name)) for name in ("title", "text")}
        lang = row.get("lang")
        found[str(key)] = made | ({"lang": lang} if lang in LANGUAGES else {})
    return found


def _plain(path: Path, number: int, name: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise BadFolderError(f'{path}: row {number}: "{name}" is no text')
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _grades(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for order, (number, line) in enumerate(_lines(path)):
        cells = line.split("\t")
        try:
            query, document, grade = (cell.strip(" ") for cell in cells)
            value = int(float(grade))
        except (ValueError, OverflowError) as error:
            if not order:
                continue
            raise _bad(path, number, "is not query, document and grade with tabs between") from error
        found.setdefault(query, {})[document] = value
    return found


def _write_rows(path: Path, found: Mapping[str, dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for key, row in found.items():
            file.write(json.dumps({"_id": key, **row}, ensure_ascii=False) + "\n")
