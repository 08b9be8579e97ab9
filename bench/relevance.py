"""python -m bench.relevance DIR...: how well a search engine answers queries whose answers are known.

DIR is laid out as bench.folders says. Its documents go through the site's own pipeline into an index that is
thrown away: Document, Engine.rebuild(), and Engine.search() with an audience, 100 results, what comes close
after what has all words. No database is touched and nothing is fetched.

embedded: the engine inside the site. meilisearch: the site's engine on a server, that of MEILISEARCH_URL and
MEILISEARCH_API_KEY, or `meilisearch` from the path, started for this. meilisearch-defaults: the same server
as it comes, asked plainly.

Every judged query is asked clean, with typos (bench.measures.with_typos) and with its last word unfinished
(bench.measures.cut_short). A query is no answer to itself: a document with its id is left out, unless it is
judged relevant. Of each:
ndcg10: sum of grade / log2(rank + 1) over ten, divided by that of the best order; mrr10: 1 / rank of the
first relevant one within ten; recall10, recall100: share of the relevant ones within ten and a hundred.
What is judged and not among the documents counts as not found; grades below 1 are not relevant. Queries for
which nothing is relevant don't count; the figures are means over the others.

--json prints for each DIR a line {"clean": {"ndcg10", "mrr10", "recall10", "recall100"}, "typo": {the same},
"prefix": {the same}, "documents", "queries"}. A row that cannot be read ends it with a line and code 2.
"""

import argparse
import json
import os
import sys
import tempfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

AUDIENCE = "staff"
AT = datetime(2026, 1, 1, tzinfo=UTC)
DEPTH = 100
SEED = "1"


def main() -> None:
    from bench.engines import NAMES, clean_up_when_ended

    clean_up_when_ended()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--engine", choices=NAMES, default="embedded")
    parser.add_argument("--lang", choices=["nl", "en"], default="", help="of rows that do not say theirs")
    parser.add_argument("--limit", type=int, default=0, help="ask no more than so many queries")
    parser.add_argument("--half", type=int, choices=[1, 2], default=0, help="ask one half of the queries")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kring-relevance-") as place:
        os.environ["KRING_DATA"] = place
        import django

        django.setup()
        for number, folder in enumerate(options.folder):
            report(folder, options, Path(place) / str(number))


def report(folder: Path, options: Any, place: Path) -> None:
    from bench.engines import made
    from bench.folders import BadFolderError, read
    from bench.table import show

    try:
        collection = read(folder)
    except BadFolderError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    place.mkdir()
    asked = asked_of(collection, options.half, options.limit)
    with made(options.engine, place) as engine:
        found = judge(collection, engine, asked, options.lang)
    if options.json:
        print(json.dumps(found), flush=True)
        return
    columns = ["queries", *found["clean"]]
    rows = [[name, *found[name].values()] for name in ("clean", "typo", "prefix")]
    show(f"{folder.name}: {found['documents']} documents, {found['queries']} queries", columns, rows, False)


def asked_of(collection: Any, half: int = 0, limit: int = 0) -> list[str]:
    """Ids of the judged queries; of one half of them, which is always the same."""
    judged = [key for key in collection.judged if not half or zlib.crc32(key.encode()) % 2 == half - 1]
    return judged[: limit or None]


def documents_of(collection: Any, language: str) -> tuple[list[Any], dict[str, str]]:
    """What the engine indexes, and the id in the folder of each key."""
    from bench.folders import language_of
    from kring.indexing.registry import Document

    made, ids = [], {}
    for number, (own, row) in enumerate(collection.documents.items(), 1):
        key = f"lesson:{number}"
        ids[key] = own
        made.append(
            Document(
                key=key,
                kind="lesson",
                title=row["title"],
                body=row["text"],
                url=f"/{number}/",
                audience=(AUDIENCE,),
                updated_at=AT,
                language=row.get("lang") or language or language_of([row["title"], row["text"]]),
            )
        )
    return made, ids


def judge(collection: Any, engine: Any, asked: list[str], language: str = "") -> dict[str, Any]:
    from bench.measures import cut_short, mean, measures, with_typos

    documents, ids = documents_of(collection, language)
    engine.rebuild(documents, lambda things: [])
    ways: dict[str, Callable[[str, str], str]] = {
        "clean": lambda text, own: text,
        "typo": lambda text, own: with_typos(text, f"{SEED}:{own}"),
        "prefix": lambda text, own: cut_short(text),
    }
    found: dict[str, Any] = {}
    for name, spoil in ways.items():
        rows = []
        for own in asked:
            grades = collection.grades[own]
            text = spoil(collection.queries[own]["text"], own)
            itself = "" if grades.get(own, 0) > 0 else own
            rows.append(measures(answers(engine, text, ids, itself), grades))
        found[name] = mean(rows)
    return found | {"documents": len(documents), "queries": len(asked)}


def answers(engine: Any, text: str, ids: dict[str, str], itself: str = "") -> list[str]:
    """Ids of what is found, the best first."""
    from search.engines import Query

    results = engine.search(Query(text, frozenset({AUDIENCE}), per_page=DEPTH + 1, facets=()))
    found = (ids[hit.thing] for hit in [*results.hits, *results.close])
    return [one for one in found if one != itself][:DEPTH]


if __name__ == "__main__":
    main()
