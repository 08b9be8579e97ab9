"""Lessons and articles that move with their community into another one."""

from typing import Any

from django.utils.translation import ngettext
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from communities.actions import Belonging, register_belonging
from communities.models import CommunityPage
from kring.indexing.registry import kinds_of, record_changes
from kring.people.models import User

from ..models import ArticlePage, LessonPage


def register_belongings() -> None:
    register_belonging(Belonging("wiki", words_of, move_pages, order=10))


def words_of(community: CommunityPage) -> list[str]:
    lessons = LessonPage.objects.filter(community=community).count()
    articles = ArticlePage.objects.filter(community=community, is_placeholder=False).count()
    found = []
    if lessons:
        found.append(ngettext("%(count)d lesson", "%(count)d lessons", lessons) % {"count": lessons})
    if articles:
        found.append(ngettext("%(count)d article", "%(count)d articles", articles) % {"count": articles})
    return found


def move_pages(source: CommunityPage, target: CommunityPage, by: User) -> None:
    """Everything under the one goes to the end of the other, each with what stands below it.

    Wagtail keeps the old addresses. A name that is taken there gets a number.
    """
    children = CommunityPage.objects.get(pk=source.pk).get_children()
    for child in children.specific():
        parent = Page.objects.get(pk=target.pk)
        taken = set(parent.get_children().values_list("slug", flat=True))
        if child.slug in taken:
            child.slug = _free(child.slug, taken | set(children.values_list("slug", flat=True)))
            child.save()
        MovePageAction(child, parent, pos="last-child", user=by).execute(skip_permission_checks=True)
    for model in (LessonPage, ArticlePage):
        _belong(model, source, target)


def _free(slug: str, taken: set[str]) -> str:
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _belong(model: Any, source: CommunityPage, target: CommunityPage) -> None:
    pages = model.objects.filter(community=source)
    found = list(pages.values_list("pk", flat=True))
    pages.update(community=target)
    applies = model._meta.get_field("applies_to").remote_field.through.objects
    page = f"{model._meta.model_name}_id"
    doubled = applies.filter(communitypage=target).values(page)
    applies.filter(communitypage=source).exclude(**{f"{page}__in": doubled}).update(communitypage=target)
    applies.filter(communitypage=source).delete()
    record_changes([(kind, pk) for pk in found for kind in kinds_of(model)])
