"""Held posts of a conversation: for who wrote them, and for moderators."""

from typing import Any

from django import template

from ..actions.holding import HELD_FOR, REFUSED
from ..models import Comment

register = template.Library()

MOST = 20


@register.inclusion_tag("conversations/held.html", takes_context=True)
def held(context: template.Context, talk: Any) -> dict[str, Any]:
    """What waits for a moderator, as far as this reader sees it; to others there is nothing."""
    rows: list[Comment] = []
    if talk.conversation is not None:
        waiting = Comment.objects.filter(conversation=talk.conversation, is_public=False, is_removed=False)
        waiting = waiting.exclude(held_for__in=["", REFUSED])
        rows = list(waiting.with_authors().in_time()[:MOST])
    shown = [row for row in rows if talk.may_moderate or _is_own(talk, row)]
    return {
        "rows": [(row, _is_own(talk, row), HELD_FOR.get(row.held_for, "")) for row in shown],
        "may_moderate": talk.may_moderate,
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


def _is_own(talk: Any, row: Comment) -> bool:
    return row.pk in talk.sealed or (row.user_id is not None and row.user_id == talk.user.pk)
