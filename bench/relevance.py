"""python -m bench.relevance DIR: how well a search engine answers queries whose answers are known.

DIR is laid out as bench.folders says. Its documents go through the site's own pipeline into an index that is
thrown away: Document, Engine.rebuild(), and Engine.search() with an audience, 100 results, what comes close
after what has all words. No database is touched and nothing is fetched. The meilisearch engine is asked where
MEILISEARCH_URL and MEILISEARCH_API_KEY say.

Every judged query is asked clean, with typos (bench.measures.with_typos) and with its last word unfinished
(bench.measures.cut_short). A query is no answer to itself: a document with its id is left out. Of each:
ndcg10: sum of grade / log2(rank + 1) over ten, divided by that of the best order; mrr10: 1 / rank of the
first relevant one within ten; recall10, recall100: share of the relevant ones within ten and a hundred.
Queries for which nothing is relevant don't count; the figures are means over the others.
"""

import argparse
import json
import os
import sys
import tempfile
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--engine", choices=["embedded", "meilisearch"], default="embedded")
    parser.add_argument("--lang", choices=["nl", "en"], default="", help="of rows that do not say theirs")
    parser.add_argument("--limit", type=int, default=0, help="ask no more than so many queries")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kring-relevance-") as place:
        os.environ["KRING_DATA"] = place
        import django

        django.setup()
        for folder in options.folder:
            report(folder, options, Path(place) / f"index-{folder.name}")


def report(folder: Path, options: Any, place: Path) -> None:
    from bench.folders import read
    from bench.table import show

    found = judge(read(folder), engine_named(options.engine, place), options.lang, options.limit)
    if options.json:
        print(json.dumps(found))
        return
    columns = ["queries", *found["clean"]]
    rows = [[name, *found[name].values()] for name in ("clean", "typo", "prefix")]
    show(f"{folder.name}: {found['documents']} documents, {found['queries']} queries", columns, rows, False)


def engine_named(name: str, place: Path) -> Any:
    """An engine on an empty index of its own."""
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(place)
    sys.exit("This engine is not part of the site.")


def documents_of(collection: Any, language: str) -> tuple[list[Any], dict[str, str]]:
    """What the engine indexes, and the id in the folder of each key."""
    from bench.folders import language_of
    from kring.indexing.registry import Document

    made, ids = [], {}
    for number, (own, row) in enumerate(collection.documents.items(), 1):
        title, text = row.get("title") or "", row.get("text") or ""
        key = f"lesson:{number}"
        ids[key] = own
        spoken = row.get("lang") or language or language_of([title, text])
        made.append(
            Document(
                key=key,
                kind="lesson",
                title=title,
                body=text,
                url=f"/{number}/",
                audience=(AUDIENCE,),
                updated_at=AT,
                language=spoken,
            )
        )
    return made, ids


def judge(collection: Any, engine: Any, language: str = "", limit: int = 0) -> dict[str, Any]:
    from bench.measures import cut_short, mean, measures, with_typos

    documents, ids = documents_of(collection, language)
    engine.rebuild(documents, lambda things: [])
    judged = collection.judged[: limit or None]
    ways: dict[str, Callable[[str, str], str]] = {
        "clean": lambda text, own: text,
        "typo": lambda text, own: with_typos(text, f"{SEED}:{own}"),
        "prefix": lambda text, own: cut_short(text),
    }
    found: dict[str, Any] = {}
    for name, spoil in ways.items():
        rows = [
            measures(
                answers(engine, spoil(collection.queries[own]["text"], own), own, ids),
                collection.grades[own],
            )
            for own in judged
        ]
        found[name] = mean(rows)
    return found | {"documents": len(documents), "queries": len(judged)}


def answers(engine: Any, text: str, own: str, ids: dict[str, str]) -> list[str]:
    """Ids of what is found, the best first."""
    from search.engines import Query

    results = engine.search(Query(text, frozenset({AUDIENCE}), per_page=DEPTH + 1, facets=()))
    found = (ids[hit.thing] for hit in [*results.hits, *results.close])
    return [one for one in found if one != own][:DEPTH]


if __name__ == "__main__":
    main()
