"""Folders with documents, queries and judgements, as the BEIR collection lays them out.

corpus.jsonl: {"_id", "title", "text"}; queries.jsonl: {"_id", "text"}; qrels/test.tsv: a heading, then
query, document and grade with tabs between. Rows of the first two may say "lang".
"""

import csv
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
    found = Collection()
    found.documents = {str(row["_id"]): row for row in rows(folder / "corpus.jsonl")}
    found.queries = {str(row["_id"]): row for row in rows(folder / "queries.jsonl")}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
        for query, document, grade in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
            found.grades.setdefault(query, {})[document] = int(grade)
    return found


def write(folder: Path, collection: Collection) -> None:
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_rows(folder / "corpus.jsonl", collection.documents)
    _write_rows(folder / "queries.jsonl", collection.queries)
    with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8") as file:
        file.write("query-id\tcorpus-id\tscore\n")
        for query, grades in collection.grades.items():
            file.writelines(f"{query}\t{document}\t{grade}\n" for document, grade in grades.items())


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _write_rows(path: Path, found: Mapping[str, dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for key, row in found.items():
            file.write(json.dumps({"_id": key, **row}, ensure_ascii=False) + "\n")


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
