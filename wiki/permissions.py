"""Who may read, write and publish articles and lessons."""

from typing import Any

from communities.models import CommunityPage
from communities.permissions import can_moderate, can_post_in, can_read_community

from .models import ArticlePage, LessonPage


def can_read(user: Any, page: LessonPage | ArticlePage) -> bool:
    """Published: whoever reads the community. Unpublished: those who may edit it."""
    if not can_read_community(user, page.community):
        return False
    return page.live or can_edit(user, page)


def can_write_in(user: Any, community: CommunityPage) -> bool:
    return can_post_in(user, community)


def is_author(user: Any, page: LessonPage | ArticlePage) -> bool:
    return page.owner_id == user.pk or any(author.pk == user.pk for author in page.authors.all())


def can_edit(user: Any, page: LessonPage | ArticlePage) -> bool:
    """A lesson: its authors and the moderators. An article: everybody who may post there."""
    if can_moderate(user, page.community):
        return True
    if not can_post_in(user, page.community):
        return False
    return isinstance(page, ArticlePage) or is_author(user, page)
