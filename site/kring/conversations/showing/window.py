"""Which part of a conversation a page shows. However long it is, a page reads only what it shows.

Comments follow each other by `seq`. A page begins at an anchor, a comment; it is the same page tomorrow.
Answers to a question stand best first, as long as there are few enough to be compared.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from ..models import Comment, Conversation

PAGE_SIZE = 50
BEFORE = 5
COMPARED_MOST = 500


@dataclass(slots=True)
class Window:
    """`ids` of what was said first, in order. `earlier` and `later` are comments at which the neighbouring
    pages begin, None where there is none; `earlier` is 0 for the very first page."""

    ids: list[int] = field(default_factory=list)
    earlier: int | None = None
    later: int | None = None


def number_in(query: Any, name: str) -> int:
    """The number of a comment in an address, 0 where there is none."""
    given = str(query.get(name) or "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0


def by_time(roots: Any, conversation: Conversation, query: Any) -> Window:
    """A page of these in their order, with the comment of `?c=` or `?reply=` in it, or from `?from=` on."""
    shown = roots.filter(conversation=conversation)
    begin = 0
    if wanted := number_in(query, "c") or number_in(query, "reply"):
        begin = _seq_before(shown, _seq_of(_root(wanted), conversation))
    elif anchor := number_in(query, "from"):
        begin = _seq_of(anchor, conversation)
    found = list(shown.filter(seq__gte=begin).order_by("seq").values_list("pk", flat=True)[: PAGE_SIZE + 1])
    if not found and begin:
        return by_time(roots, conversation, {})
    later = found[PAGE_SIZE] if len(found) > PAGE_SIZE else None
    return Window(found[:PAGE_SIZE], _earlier(shown, begin), later)


def by_worth(roots: Any, conversation: Conversation, query: Any, accepted: list[int]) -> Window:
    """A page of answers, the best first."""
    if conversation.comment_count > COMPARED_MOST:
        return by_time(roots, conversation, query)
    best = roots.filter(conversation=conversation).best_first(accepted)
    return _part(list(best.values_list("pk", flat=True)), query)


def by_same(roots: Any, conversation: Conversation, query: Any) -> Window:
    """A page of these, what most people say "same here" to first."""
    first = roots.filter(conversation=conversation).same_first()
    return _part(list(first.values_list("pk", flat=True)), query)


def _part(ids: list[int], query: Any) -> Window:
    wanted = number_in(query, "c") or number_in(query, "reply")
    anchor = _root(wanted) if wanted else number_in(query, "from")
    place = ids.index(anchor) if anchor in ids else 0
    begin = place // PAGE_SIZE * PAGE_SIZE
    earlier = ids[begin - PAGE_SIZE] if begin else None
    later = ids[begin + PAGE_SIZE] if begin + PAGE_SIZE < len(ids) else None
    return Window(ids[begin : begin + PAGE_SIZE], 0 if begin == PAGE_SIZE else earlier, later)


def replies_below(ids: list[int], opened: int = 0) -> tuple[list[Comment], dict[int, int]]:
    """The replies below these, and how many more there are below some.

    Of a long thread the first ones come, and all of `opened`, for who asked for them.
    """
    shown = Comment.objects.with_authors().replies_to(ids)
    rows = shown.order_by().values_list("thread_id").annotate(number=Count("pk"))
    counts: dict[int, int] = dict(rows)
    long = [pk for pk, number in counts.items() if number > PAGE_SIZE and pk != opened]
    found = list(shown.exclude(thread_id__in=long)) if len(long) < len(counts) else []
    for pk in long:
        found += shown.filter(thread_id=pk)[:PAGE_SIZE]
    return found, {pk: counts[pk] - PAGE_SIZE for pk in long}


def _root(pk: int) -> int:
    return Comment.objects.filter(pk=pk).values_list("thread_id", flat=True).first() or 0


def _seq_of(pk: int, conversation: Conversation) -> int:
    found = Comment.objects.filter(pk=pk, conversation=conversation).values_list("seq", flat=True)
    return found.first() or 0


def _seq_before(shown: Any, seq: int) -> int:
    """Where a page begins that shows a little of what went before."""
    before = shown.filter(seq__lte=seq).order_by("-seq").values_list("seq", flat=True)[: BEFORE + 1]
    return min(before, default=0)


def _earlier(shown: Any, begin: int) -> int | None:
    if not begin:
        return None
    before = shown.filter(seq__lt=begin).order_by("-seq").values_list("pk", flat=True)[: PAGE_SIZE + 1]
    pks = list(before)
    if not pks:
        return None
    return 0 if len(pks) <= PAGE_SIZE else pks[PAGE_SIZE - 1]
