"""Primary keys that can be looked for in bytes: rare numbers instead of 1, 2, 3."""

from django.apps import apps
from django.db import connection, models

# Everything that was made between the two calls of a test begins with these digits.
RARE = 765000000
LATER = 766000000


def number_rows_from(number: int, *only: type[models.Model]) -> None:
    """The next row of every table, or of these, gets the number after this one."""
    for model in only or apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and isinstance(meta.pk, models.AutoField | models.BigAutoField):
            _set_next(meta.db_table, meta.pk.column, number)


def _set_next(table: str, column: str, number: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, number]
            )
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [number, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
