"""Lessons and articles can be talked about by whoever may write in their community."""

from typing import Any

from communities.actions import keep_listeners, why_not_post
from communities.permissions import can_moderate, can_post_in, readers_among
from kring.conversations.actions import register_target

from ..models import ArticlePage, LessonPage
from ..permissions import can_read


def can_post(user: Any, page: Any) -> bool:
    return page.live and page.community is not None and can_post_in(user, page.community)


def _why_not(user: Any, page: Any) -> str:
    return why_not_post(user, page.community) if page.live else ""


def _can_moderate(user: Any, page: Any) -> bool:
    return page.community is not None and can_moderate(user, page.community)


def register_targets() -> None:
    for model, label in ((LessonPage, "lesson"), (ArticlePage, "article")):
        register_target(
            model,
            label=label,
            can_read=can_read,
            can_post=can_post,
            can_moderate=_can_moderate,
            why_not=_why_not,
            audience=lambda page: page.community.audience,
            authors=lambda page: page.authors.all(),
            keep=lambda page, reasons: keep_listeners(page.community, reasons),
            readers=lambda page, people: readers_among(page.community, people),
        )
