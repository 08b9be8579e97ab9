"""The demo: the people and content of an invented organisation, as if it were written up to yesterday."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kring.importing.actions import import_files
from kring.people.models import User

from .demo_asking import fill_asking
from .demo_circles import fill_circles
from .demo_coffee import fill_coffee
from .demo_inbox import tell_of_recent
from .demo_looking import fill_looking
from .demo_moderation import fill_moderation
from .demo_synonyms import fill_synonyms
from .demo_talk import fill_talk

FOLDER = Path(__file__).parent.parent / "demo"
KINDS = ("skills", "people", "communities", "lessons", "pages", "threads")
# Public: whoever runs the demo reads it on the screen, and it answers their own machine only.
PASSWORD = "leren-van-elkaar"  # noqa: S105
ISO_DATE = re.compile(r"^(\d{4}-\d\d-\d\d)($|T)")
PAST = {"created", "occurred_on", "started_on"}
DATES = PAST | {"review_on"}

WHO = {
    "aicha.benali@rietland.example": "an employee, in English",
    "priya.raman@rietland.example": "leads the community User Research",
    "hanne.dierickx@rietland.example": "writes lessons and leads a community, in Dutch",
    "eva.lindqvist@rietland.example": "coordinates mentoring and peer groups",
    "ilse.goossens@rietland.example": "a newcomer in her first weeks, in Dutch",
    "noor.verhaegen@rietland.example": "the administrator",
}


class SiteNotEmptyError(ValueError):
    """The demo never mixes with what people wrote."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as, with a word on who it is."""

    email: str
    password: str
    about: str


@transaction.atomic
def load_demo(today: date) -> list[DemoAccount]:
    """Fill an empty, migrated site, all or nothing; gives the accounts to look around with.

    Dates move by whole weeks, so that the newest lies in the week before `today` and weekdays stay.
    Raises SiteNotEmptyError when there are people already.
    """
    if User.objects.exists():
        raise SiteNotEmptyError("The demo needs an empty site.")
    by = timedelta(weeks=(today - _newest() - timedelta(days=1)).days // 7)
    for kind in KINDS:
        report = import_files(
            kind=kind, files=[FOLDER / f"{kind}.jsonl"], transform=lambda record: moved(record, by)
        )
        if report.rejected:
            raise ValueError(f"The demo is damaged: {report.rejected[:3]}")
    User.objects.update(password=make_password(PASSWORD))
    fill_circles(today)
    tell_of_recent(until=today)
    fill_moderation(until=today)
    fill_talk(until=today)
    fill_asking(until=today)
    fill_coffee(until=today)
    fill_looking(until=today)
    fill_synonyms(until=today)
    return [DemoAccount(email, PASSWORD, about) for email, about in WHO.items()]


def moved(value: Any, by: timedelta, name: str = "") -> Any:
    """The value with every date in it moved; the time of day stays."""
    if isinstance(value, dict):
        return {key: moved(part, by, key) for key, part in value.items()}
    if isinstance(value, list):
        return [moved(part, by) for part in value]
    if name in DATES and isinstance(value, str) and (found := ISO_DATE.match(value)):
        return (date.fromisoformat(found[1]) + by).isoformat() + value[10:]
    return value


def _newest() -> date:
    """The day on which the last thing happened."""
    return max(
        datetime.fromisoformat(moment).date()
        for kind in KINDS
        for line in (FOLDER / f"{kind}.jsonl").read_text("utf-8").splitlines()
        for moment in _past(json.loads(line))
    )


def _past(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _past(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _past(part)
    elif name in PAST and isinstance(value, str):
        yield value
