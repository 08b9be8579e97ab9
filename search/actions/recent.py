"""What a person searched for lately: kept for them alone, and not for who does not want it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kring.people.models import User

from ..forms import Asked
from ..models import RecentSearch, SearchesUnkept

MOST = 20
KEPT_FOR = timedelta(days=90)
LONGEST_WORDS, LONGEST_QUERY = 200, 1000


def keeps_searches(user: User) -> bool:
    """Whether this person's searches may be kept."""
    return not SearchesUnkept.objects.filter(user=user).exists()


@transaction.atomic
def remember_search(*, asked: Asked, by: User) -> None:
    """Keep this as the latest search; one with the same words makes room for it, and so does the oldest."""
    query = asked.address().removeprefix("?")
    if not asked.words or len(query) > LONGEST_QUERY or not keeps_searches(by):
        return
    words = asked.words[:LONGEST_WORDS]
    mine = RecentSearch.objects.filter(user=by)
    mine.filter(words__iexact=words).exclude(query=query).delete()
    now = timezone.now()
    RecentSearch.objects.update_or_create(user=by, query=query, defaults={"words": words, "at": now})
    kept = mine.order_by("-at", "-pk").values_list("pk", flat=True)[:MOST]
    mine.exclude(pk__in=list(kept)).delete()
    mine.filter(at__lt=now - KEPT_FOR).delete()


def forget_search(*, pk: int, by: User) -> bool:
    """Erase one of one's own; whether there was one."""
    return bool(RecentSearch.objects.filter(user=by, pk=pk).delete()[0])


def forget_searches(*, by: User) -> None:
    """Erase all of one's own."""
    RecentSearch.objects.filter(user=by).delete()


@transaction.atomic
def choose_keeping(*, keep: bool, by: User) -> None:
    """Keep this person's searches from now on, or none; those kept until now go too."""
    if keep:
        SearchesUnkept.objects.filter(user=by).delete()
    else:
        SearchesUnkept.objects.get_or_create(user=by)
        forget_searches(by=by)


def forget_old_searches(now: datetime) -> int:
    """Those of people who searched no more go as well; how many."""
    return RecentSearch.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
