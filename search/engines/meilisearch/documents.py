"""How a document of the registry stands in Meilisearch."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from kring.indexing.registry import Document

from ...compounds import Splitter, parts_of
from ...question import LONGEST_EXACT
from ...ranking import Candidate, stems_of
from ...text import words
from .shape import BEGIN

UNKNOWN = "und"
# Before a stem among the terms, which are words otherwise.
STEM_MARK = "="
LONGEST_KEY = 500
# The condition on the things that anybody can find: not what was refused.
FINDABLE = "whole = true AND acl IS NOT EMPTY"
# One request must not be larger than the server takes.
BATCH, MOST_LETTERS = 1000, 8_000_000
# Of longer texts the words beyond are found, and weigh nothing.
LONGEST = 3000
RANKED = (
    *("id", "thing", "title_stem", "body_stem", "part_stem", "language"),
    *("exact", "kind", "community", "prior", "ts", "applied"),
)


def key_of(key: str) -> str:
    """An id as the server takes it (letters, digits, - and _), another for every key."""
    letters = (one if one.isascii() and (one.isalnum() or one == "-") else _hidden(one) for one in key)
    made = "".join(letters)
    if len(made) <= LONGEST_KEY:
        return made
    return f"{made[: LONGEST_KEY - 65]}_{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def _hidden(letter: str) -> str:
    return "".join(f"_{byte:02x}" for byte in letter.encode("utf-8", "replace"))


def made(document: Document, splitter: Splitter) -> dict[str, Any]:
    """A whole is found, filtered and counted; a part only says where in it something stands."""
    title = words(document.title)
    body = words(f"{document.body}\n{document.beside}")
    dutch = document.language != "en"
    parts = stems_of(parts_of([*title, *body], splitter), "nl") if dutch else ""
    found = {
        "id": key_of(document.key),
        "thing": document.thing,
        "whole": "#" not in document.key,
        "acl": list(dict.fromkeys(document.audience)),
        "title": document.title,
        "body": document.body,
        "beside": document.beside,
        "title_stem": stems_of(title, document.language),
        "body_stem": stems_of(body[:LONGEST], document.language),
        "part_stem": parts,
        "language": document.language or UNKNOWN,
        "card": json.dumps(_card(document), ensure_ascii=False),
    }
    if found["whole"]:
        found |= _whole(document, title, body, parts)
    return found | {"print": _fingerprint(found)}


def _fingerprint(row: dict[str, Any]) -> str:
    """Another for every row that differs in anything."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


def mark_of_refused(row: dict[str, Any], said: str) -> dict[str, Any]:
    """What stands for a document that the server refused: nobody finds it, and its version is known."""
    kept = {name: row[name] for name in ("id", "thing", "whole", "kind", "version") if name in row}
    return kept | {"acl": [], "refused": said[:500]}


def initial_of(word: str) -> str:
    """The name of the field, below BEGIN, with all words that begin like this one."""
    return word[0] if word[0].isascii() and word[0].isalnum() else "other"


def _by_initial(tokens: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for token in dict.fromkeys(tokens):
        found.setdefault(initial_of(token), []).append(token)
    return found


def _whole(document: Document, title: list[str], body: list[str], parts: str) -> dict[str, Any]:
    applied = document.facts.get("applied")
    stems = f"{stems_of([*title, *body], document.language)} {parts}".split()
    return {
        "kind": document.kind,
        "community": document.community or None,
        "tag": list(dict.fromkeys(document.tags)),
        "sign": list(dict.fromkeys(document.signs)),
        "people": list(dict.fromkeys(document.people)),
        "version": document.version,
        "ts": int(document.updated_at.timestamp()),
        "prior": document.prior,
        "applied": applied if isinstance(applied, int) else 0,
        "exact": " ".join(title)[:LONGEST_EXACT],
        "length": about(len(title) + len(body)),
        BEGIN: _by_initial([*title, *body]),
        "terms": [*dict.fromkeys([*title, *body]), *(f"{STEM_MARK}{one}" for one in dict.fromkeys(stems))],
    }


def about(length: int) -> int:
    """A number of words to two digits: so few numbers that things can be counted by them."""
    step = 10 ** max(0, len(str(length)) - 2)
    return round(length / step) * step


def candidate_of(found: dict[str, Any]) -> Candidate:
    """What the server gave of the fields RANKED, for the ranker."""
    at = found.get("ts")
    return Candidate(
        key=found["id"],
        title=found["title_stem"],
        body=found["body_stem"],
        language="" if found["language"] == UNKNOWN else found["language"],
        parts=found["part_stem"],
        exact=found.get("exact", ""),
        kind=found.get("kind", ""),
        community=found.get("community") or "",
        prior=found.get("prior", 0.0),
        updated_at=datetime.fromtimestamp(at, UTC) if at is not None else None,
        applied=found.get("applied", 0),
    )


def _card(document: Document) -> dict[str, Any]:
    """What is shown with a result and not searched. A part has nothing in it that changes with another."""
    place = {"key": document.key, "url": document.url, "facts": document.facts}
    if "#" in document.key:
        return place
    return place | {
        "at": document.updated_at.timestamp(),
        "language": document.language,
        "community": document.community,
        "tags": list(document.tags),
        "people": list(document.people),
    }


def batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """In lists of some number and size."""
    rest = iter(rows)
    found: list[dict[str, Any]] = []
    letters = 0
    for row in rest:
        found.append(row)
        letters += len(row["body"])
        if len(found) == BATCH or letters > MOST_LETTERS:
            yield found
            found, letters = [], 0
    if found:
        yield found
