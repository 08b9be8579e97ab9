"""Tables for people, JSON for machines."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any


def median_ms(call: Callable[[], Any], times: int) -> float:
    """Median wall-clock time of one call in milliseconds, after one call that is not counted."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], as_json: bool) -> None:
    """Print rows as an aligned table, or as one JSON object."""
    if as_json:
        print(json.dumps({"title": title, "rows": [dict(zip(columns, row, strict=True)) for row in rows]}))
        return
    cells = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(column), *(len(row[i]) for row in cells)) for i, column in enumerate(columns)]
    print(title)
    print("  ".join(column.ljust(width) for column, width in zip(columns, widths, strict=True)))
    for row in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
