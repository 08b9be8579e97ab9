"""Everything that the site keeps or gives away, as bytes in which somebody can be looked for."""

import pickle
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection

from kring.indexing.registry import documents_of, searchables, stamps_of


def rows() -> Iterator[tuple[str, str]]:
    """(table, everything in a row) of the whole database."""
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from ((table, "|".join(str(value) for value in row)) for row in cursor.fetchall())


def cached() -> str:
    """Keys and values of the cache in memory."""
    values: dict[str, Any] = cache._cache  # type: ignore[attr-defined]
    return " ".join(f"{key} {pickle.loads(value)!r}" for key, value in values.items())


def indexed() -> list[str]:
    """What an engine would be given."""
    return [str(one) for kind in searchables() for one in documents_of(kind, list(stamps_of(kind)))]


def tables_with(pattern: re.Pattern[str], known: set[tuple[str, str]]) -> set[str]:
    """Tables with rows in which it is found, apart from those that stood there before."""
    return {table for table, row in set(rows()) - known if pattern.search(row)}
