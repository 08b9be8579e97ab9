"""Typed reading of a record's fields; each raises RejectedError with the field's name."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .reading import RejectedError

YEARS = range(1900, 2201)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def _wrong(name: str, what: str) -> RejectedError:
    return RejectedError(_("%(name)s must be %(what)s") % {"name": name, "what": what})


def text(record: dict[str, Any], name: str, default: str = "") -> str:
    """Text without surrounding blanks; missing and null give the default."""
    value = record.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise _wrong(name, _("text"))
    return value.strip() or default


def line(record: dict[str, Any], name: str, default: str = "") -> str:
    """Text on one line, runs of white space and control characters made one space."""
    return " ".join(CONTROL.sub(" ", text(record, name, default)).split())


def one_of(record: dict[str, Any], name: str, choices: list[str], default: str) -> str:
    value = text(record, name, default)
    if value not in choices:
        raise _wrong(name, _("one of %(choices)s") % {"choices": ", ".join(c for c in choices if c)})
    return value


def language(record: dict[str, Any], default: str, name: str = "lang") -> str:
    """ "nl" or "en"; a region ("nl-BE") is dropped."""
    value = {**record, name: text(record, name, default).split("-")[0].lower()}
    return one_of(value, name, [code for code, _label in settings.LANGUAGES], default)


def items(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(name, _("a list"))
    return value


def objects(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = items(record, name)
    if not all(isinstance(item, dict) for item in found):
        raise _wrong(name, _("a list of objects"))
    return found


def obj(record: dict[str, Any], name: str) -> dict[str, Any]:
    value = record.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(name, _("an object"))
    return value


def words(record: dict[str, Any], name: str, longest: int = 100) -> list[str]:
    """A list of short texts, without blanks and doubles (case does not matter)."""
    found: dict[str, str] = {}
    for item in items(record, name):
        if not isinstance(item, str):
            raise _wrong(name, _("a list of texts"))
        word = " ".join(CONTROL.sub(" ", item).split())[:longest].strip()
        if word:
            found.setdefault(word.casefold(), word)
    return list(found.values())


def number(
    record: dict[str, Any], name: str, default: int = 0, low: int = -(2**31), high: int = 2**31 - 1
) -> int:
    value = record.get(name)
    if value is None:
        return default
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(name, _("a whole number"))
    if not low <= value <= high:
        raise _wrong(name, _("between %(low)s and %(high)s") % {"low": low, "high": high})
    return value


def moment(record: dict[str, Any], name: str) -> datetime | None:
    """An aware time; a date gives its midnight, a time without a zone is read as UTC."""
    value = text(record, name)
    if not value:
        return None
    try:
        found = parse_datetime(value)
        if found is None and (day := parse_date(value)):
            found = datetime.combine(day, time())
    except ValueError:
        found = None
    if found is None:
        raise _wrong(name, _("a time such as 2026-11-23T09:30:00+01:00"))
    _check_year(name, found.year)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def day(record: dict[str, Any], name: str) -> date | None:
    """A date; of a time only the date counts."""
    value = text(record, name)
    if not value:
        return None
    try:
        found = parse_date(value) or ((at := parse_datetime(value)) and at.date())
    except ValueError:
        found = None
    if not found:
        raise _wrong(name, _("a date such as 2026-11-23"))
    _check_year(name, found.year)
    return found


def _check_year(name: str, year: int) -> None:
    if year not in YEARS:
        raise RejectedError(
            _("%(name)s lies outside the years %(first)s to %(last)s")
            % {"name": name, "first": YEARS[0], "last": YEARS[-1]}
        )


def first_sentence(plain: str, limit: int) -> str:
    """The first sentence of a plain text, cut at a word when it is longer than the limit."""
    flat = " ".join(plain.split())
    return shorten(SENTENCE_END.split(flat, maxsplit=1)[0], limit)


def shorten(plain: str, limit: int) -> str:
    """At most `limit` characters, cut at a word with an ellipsis."""
    if len(plain) <= limit:
        return plain
    cut = plain[: limit - 1]
    head, _blank, _rest = cut.rpartition(" ")
    return Truncator((head or cut).rstrip(" ,;:") + "…").chars(limit)
