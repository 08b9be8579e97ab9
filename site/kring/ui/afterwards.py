"""Work that nobody should wait for, small enough for no task: done when the page is on its way."""

from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpResponseBase

log = structlog.get_logger("kring.ui")


def afterwards(response: HttpResponseBase, work: Callable[[], Any]) -> None:
    """Do this once the answer was sent. What goes wrong in it is logged, and lost with its process."""
    closing: Any = response.close

    def close() -> None:
        try:
            work()
        except Exception:
            log.exception("what was to be done after an answer failed")
        finally:
            closing()

    response.close = close  # type: ignore[method-assign]
