"""Documents of the registry, as an engine would be given them."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.indexing.registry import Document, documents_of, stamps_of


def documents(thing, kind: str) -> list[Document]:
    """Everything that is offered of one thing, the whole first."""
    return list(documents_of(kind, [thing.pk]))


def whole(thing, kind: str) -> Document:
    return documents(thing, kind)[0]


def queries_for(kind: str, ids) -> int:
    """How many queries it takes to give these documents."""
    with CaptureQueriesContext(connection) as asked:
        given = list(documents_of(kind, ids))
    assert {int(one.thing.split(":")[1]) for one in given} == set(ids)
    return len(asked)


def stamps_agree(kind: str) -> bool:
    """Whether documents carry the versions by which they are compared."""
    stamps = stamps_of(kind)
    given = documents_of(kind, stamps)
    return {int(one.thing.split(":")[1]): one.version for one in given if "#" not in one.key} == stamps
