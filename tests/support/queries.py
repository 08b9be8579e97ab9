"""What a page costs: its queries, comparable between two requests."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

VALUES = re.compile(r"'[^']*'|\b\d+\b|(?<=\()[\d\s,?]+(?=\))")


def cost(client: Client, address: str) -> Counter[str]:
    """What it takes to get a page, which must come."""
    with counted() as queries:
        response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    return queries


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Query (without its values) to how often it was asked."""
    found: Counter[str] = Counter()
    with CaptureQueriesContext(connection) as asked:
        yield found
    found.update(_shape(one["sql"]) for one in asked.captured_queries)


def _shape(sql: str) -> str:
    shape = re.sub(r"[\s,?]*\?[\s,?]*", " ? ", VALUES.sub("?", sql))
    return re.sub(r"\s+", " ", shape)


def growth(few: Counter[str], many: Counter[str]) -> list[str]:
    """The queries that were asked more often the second time, if it cost more in all."""
    if many.total() <= few.total():
        return []
    return [f"{number} more: {sql}"[:400] for sql, number in (many - few).items()]
