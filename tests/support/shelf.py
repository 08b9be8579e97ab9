"""A few documents, and questions to an engine that holds them."""

from datetime import UTC, datetime

from kring.indexing.registry import Document
from search.engines import Query

AT = datetime(2026, 3, 1, tzinfo=UTC)


def make_document(key, title, body="", **fields):
    values = {"url": f"/{key}/", "audience": ("staff",), "updated_at": AT, "language": "en", **fields}
    return Document(key=key, kind=key.split(":")[0], title=title, body=body, **values)


LIBRARY = [
    make_document(
        "lesson:1", "We moved our suppliers in one night", "Invoices were paid twice.", community="1"
    ),
    make_document("lesson:2", "Testing a release", "The supplier list came late.", community="2"),
    make_document(
        "question:3", "Who tells suppliers about the portal?", "A letter is too slow.", community="1"
    ),
    make_document("lesson:4", "Kwaliteitsborging bij aannemers", "De borging faalde.", language="nl"),
    make_document("lesson:5", "Kwaliteit meten", "Over borging en kwaliteit.", language="nl"),
    make_document("lesson:6", "Borging van kwaliteit", "Kwaliteit en borging samen.", language="nl"),
    make_document("lesson:7", "The zanzibar plan", "zanzibar budget", audience=("c:9",), community="9"),
]


def ask(engine, text, audience=("staff",), **more):
    return engine.search(Query(text, frozenset(audience), **more))


def keys(results):
    return [hit.key for hit in results.hits]
