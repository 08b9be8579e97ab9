"""Which fields the index has, and how a document fills them."""

import json
from collections.abc import Mapping
from typing import Any

import tantivy

from kring.indexing.registry import Document, checksum

from ...candidates import candidate_of, packed
from ...compounds import Splitter, parts_of
from ...question import LONGEST_EXACT
from ...text import FOLD, LANGUAGES, stem, words

# Part of the folder's name: another number means that the index is built anew.
VERSION = 7
UNKNOWN = "und"
# A thing is counted by its whole document; its parts only say where in it something stands. They have fields
# of their own, so that how rare a word is doesn't depend on how many parts somebody made.
FIELDS = ("title", "body")
PART_FIELDS = ("part_title", "part_body")
WHOLE = "whole"
# 2000 to 2100: later is a little better, without ever having to be written again.
FIRST_SECOND, LAST_SECOND = 946_684_800, 4_102_444_800


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("thing", "part", "state", "acl", "people", "title_exact"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "community", "tag", "language", "sign"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("ts", indexed=True, fast=True)
    builder.add_float_field("prior", fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("ranked", stored=True)
    builder.add_integer_field("length", fast=True)
    # Tells of which of a few things a part is, without reading it.
    builder.add_integer_field("thing_number", fast=True)
    for name in (*FIELDS, *PART_FIELDS):
        builder.add_text_field(name, stored=True, tokenizer_name="fold", index_option="position")
        for code in LANGUAGES:
            builder.add_text_field(f"{name}_{code}", tokenizer_name="fold", index_option="freq")
    return builder.build()


SCHEMA = _schema()


def open_index(path: str) -> tantivy.Index:
    """The index in a folder that exists; the analyser is not kept on disk."""
    index = tantivy.Index(SCHEMA, path)
    index.register_tokenizer("fold", FOLD)
    return index


def things_in(searcher: Any) -> int:
    """About how many things the index holds: those deleted a moment ago may be counted yet."""
    return int(searcher.doc_freq("part", WHOLE))


def average_length(searcher: Any) -> float:
    """Words in a thing."""
    counted = searcher.aggregate(
        tantivy.Query.term_query(SCHEMA, "part", WHOLE, "basic"), {"length": {"avg": {"field": "length"}}}
    )
    return float(counted["length"]["value"] or 0.0)


def exact_form(text: str) -> str:
    return " ".join(words(text))[:LONGEST_EXACT]


def state_of(document: Document) -> str:
    return f"{document.thing}@{document.version}"


def to_tantivy(document: Document, splitter: Splitter) -> tantivy.Document:
    """A document fills the stems of its own language; of both when it is unknown."""
    made = tantivy.Document()
    made.add_text("thing", document.thing)
    made.add_integer("thing_number", checksum(document.thing))
    for value in dict.fromkeys(document.audience):
        made.add_text("acl", value)
    made.add_bytes("card", json.dumps(_card(document), ensure_ascii=False).encode("utf-8", "replace"))
    if "#" in document.key:
        _add_texts(made, document, PART_FIELDS, splitter)
    else:
        _add_texts(made, document, FIELDS, splitter)
        _add_whole(made, document)
        candidate = candidate_of(document, splitter)
        made.add_bytes("ranked", packed(candidate).encode("utf-8", "replace"))
        made.add_integer("length", len(candidate.title.split()) + len(candidate.body.split()))
    return made


def _add_texts(
    made: tantivy.Document, document: Document, names: tuple[str, str], splitter: Splitter
) -> None:
    codes = [document.language] if document.language in LANGUAGES else list(LANGUAGES)
    title, body = names
    texts = [(title, document.title), (body, document.body)]
    if document.beside:
        # Of several texts in a field, a result shows the first.
        texts.append((body, document.beside))
    for name, text in texts:
        made.add_text(name, text)
        found = words(text)
        for code in codes:
            parts = parts_of(found, splitter) if code == "nl" else []
            made.add_text(f"{name}_{code}", " ".join(stem(word, code) for word in [*found, *parts]))


def _add_whole(made: tantivy.Document, document: Document) -> None:
    """What is found, filtered, counted and ordered by."""
    made.add_text("part", WHOLE)
    made.add_text("state", state_of(document))
    made.add_text("title_exact", exact_form(document.title))
    made.add_text("kind", document.kind)
    made.add_text("language", document.language or UNKNOWN)
    if document.community:
        made.add_text("community", document.community)
    for field, values in (("tag", document.tags), ("people", document.people), ("sign", document.signs)):
        for value in dict.fromkeys(values):
            made.add_text(field, value)
    seconds = int(document.updated_at.timestamp())
    made.add_integer("ts", seconds)
    age = (seconds - FIRST_SECOND) / (LAST_SECOND - FIRST_SECOND)
    made.add_float("prior", 0.06 * min(max(document.prior, 0.0), 1.0) + 0.04 * min(max(age, 0.0), 1.0))


def _card(document: Document) -> Mapping[str, Any]:
    """What is shown with a result and not searched."""
    return {
        "key": document.key,
        "kind": document.kind,
        "url": document.url,
        "at": document.updated_at.timestamp(),
        "language": document.language,
        "community": document.community,
        "tags": list(document.tags),
        "people": list(document.people),
        "facts": document.facts,
    }
