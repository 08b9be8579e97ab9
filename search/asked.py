"""What people look for: counted once a page of results was shown, and read by moderators."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.db.models import F, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kring.ui.afterwards import afterwards

from .actions.asking import FEWEST, OPENED_FOR, count_opened, count_search, this_month
from .forms import Asked
from .models import AskedWords
from .text import as_asked, may_be_kept

SALT = "search.opened"
# Fewer than one in so many searches that found something led to anything.
RARELY = 5
SETTLED_FOR = timedelta(days=90)


def fetched_ahead(request: HttpRequest) -> bool:
    """Whether a browser asks before anybody wanted to see it."""
    ahead = {request.headers.get(name, "") for name in ("Purpose", "Sec-Purpose", "X-Moz")}
    return any("prefetch" in one or "prerender" in one for one in ahead)


def is_counted(request: HttpRequest, asked: Asked) -> bool:
    """A search that somebody meant: no further page, no choice of filters, nothing fetched ahead."""
    if request.method != "GET" or fetched_ahead(request):
        return False
    plain = not asked.narrowed and asked.page <= 1 and asked.sort == "relevance"
    return plain and may_be_kept(asked.words) and bool(as_asked(asked.words))


def count_afterwards(request: HttpRequest, response: HttpResponse, asked: Asked, *, found: bool) -> None:
    """Count this search once its reader has the page."""
    if is_counted(request, asked):
        user: Any = request.user
        afterwards(response, lambda: count_search(text=asked.words, by=user, found=found))


def opening_token(request: HttpRequest, asked: Asked) -> str:
    """Goes with the page, and comes back when one of its results is opened; says nothing of the reader."""
    if not is_counted(request, asked):
        return ""
    data = [as_asked(asked.words), this_month().isoformat(), secrets.token_urlsafe(9)]
    return signing.dumps(data, salt=SALT)


def opened(token: str, by: Any) -> None:
    """Count the opening of a result; raises signing.BadSignature for an old token, or none of ours."""
    words, month, once = signing.loads(token, salt=SALT, max_age=OPENED_FOR)
    count_opened(words=words, month=date.fromisoformat(month), once=once, by=by)


def shown() -> QuerySet[AskedWords]:
    """What enough people asked for to be shown to anybody."""
    return AskedWords.objects.filter(askers__gte=FEWEST)


def months() -> list[date]:
    """The months of which something is shown, the latest first."""
    return list(shown().order_by("-month").values_list("month", flat=True).distinct())


def not_found(rows: QuerySet[AskedWords]) -> QuerySet[AskedWords]:
    """Words for which most searches found nothing."""
    return rows.filter(empty__gte=FEWEST, searches__lte=F("empty") * 2)


def not_opened(rows: QuerySet[AskedWords]) -> QuerySet[AskedWords]:
    """Words for which something is found that hardly anybody wants to read."""
    rows = rows.filter(searches__gte=F("empty") + FEWEST, searches__gt=F("empty") * 2)
    return rows.filter(searches__gt=F("empty") + F("opened") * RARELY)


def waiting() -> list[tuple[AskedWords, bool]]:
    """What moderators may see to, with whether nothing was found; of this month and the one before.

    The same words stand in it once, and not for a while after somebody saw to them.
    """
    since = (this_month() - timedelta(days=1)).replace(day=1)
    lately = timezone.now() - SETTLED_FOR
    settled = AskedWords.objects.filter(settled_at__gte=lately).values("words")
    rows = shown().filter(month__gte=since, settled_at=None).exclude(words__in=settled)
    latest = rows.values("words").annotate(latest=Max("pk")).values("latest")
    rows = rows.filter(pk__in=latest).order_by("-askers", "words")
    return [(row, True) for row in not_found(rows)] + [(row, False) for row in not_opened(rows)]
