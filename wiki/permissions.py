"""Who may read, write and publish articles and lessons."""

from typing import Any

from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from communities.models import CommunityPage
from communities.permissions import can_moderate, can_post_in, can_read_community
from communities.querysets import readable_communities
from kring.people.permissions import is_administrator

from .models import ArticlePage, LessonPage


def can_read(user: Any, page: LessonPage | ArticlePage) -> bool:
    """Published: whoever reads the community. Unpublished: those who may edit it."""
    if page.community is None or not can_read_community(user, page.community):
        return False
    return page.live or can_edit(user, page)


def can_write_in(user: Any, community: CommunityPage) -> bool:
    return can_post_in(user, community)


def is_author(user: Any, page: LessonPage | ArticlePage) -> bool:
    return user.is_authenticated and (page.owner_id == user.pk or _named(user, page))


def _named(user: Any, page: LessonPage | ArticlePage) -> bool:
    return any(author.pk == user.pk for author in page.authors.all())


def can_edit(user: Any, page: LessonPage | ArticlePage) -> bool:
    """A lesson: its authors and the moderators. An article: everybody who may post there.

    A page that was locked in the administration: moderators only.
    """
    if page.community is None:
        return False
    if can_moderate(user, page.community):
        return True
    if page.locked or not can_post_in(user, page.community):
        return False
    return isinstance(page, ArticlePage) or is_author(user, page)


def can_withdraw(user: Any, page: LessonPage | ArticlePage) -> bool:
    """Unpublish it, publish it again, or delete it."""
    return page.community is not None and can_moderate(user, page.community)


def can_read_image(user: Any, path: str) -> bool:
    """An uploaded image is for those who may read a page that shows it, its uploader and administrators.

    path: below the media folder, of the original or of a rendition of it.
    """
    if not (user.is_authenticated and user.is_active):
        return False
    if is_administrator(user):
        return True
    model = get_image_model()
    found = model.objects.filter(file=path) | model.objects.filter(renditions__file=path)
    image = found.distinct().first()
    if image is None:
        return False
    if image.uploaded_by_user_id == user.pk:
        return True
    return _shown_on_a_page_for(user, image)


def _shown_on_a_page_for(user: Any, image: Any) -> bool:
    references = ReferenceIndex.get_references_to(image).select_related("content_type")
    ids: dict[Any, list[str]] = {LessonPage: [], ArticlePage: [], CommunityPage: []}
    for row in references:
        ids.get(row.content_type.model_class(), []).append(row.object_id)
    communities = CommunityPage.objects.live().filter(readable_communities(user), pk__in=ids[CommunityPage])
    return (
        LessonPage.objects.visible_to(user).filter(pk__in=ids[LessonPage]).exists()
        or ArticlePage.objects.visible_to(user).filter(pk__in=ids[ArticlePage]).exists()
        or communities.exists()
    )
