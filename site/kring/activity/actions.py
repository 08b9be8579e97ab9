"""Recording what happened."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from .models import Activity


def record(
    *,
    verb: str,
    target: models.Model,
    by: Any = None,
    audience: str = "",
    at: datetime | None = None,
    **data: Any,
) -> Activity:
    """Write one fact in the caller's transaction. `audience` is one token; empty means nobody's feed."""
    return Activity.objects.create(
        actor=by, verb=verb, target=target, audience=audience, data=data, at=at or timezone.now()
    )
