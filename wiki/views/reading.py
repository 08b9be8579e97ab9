"""A lesson or an article as its readers see it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe
from wagtail.models import Page

from communities.models import CommunityPage, Membership
from communities.permissions import can_read_discussion
from communities.querysets import readable_communities
from kring.indexing.registry import kinds_of
from kring.people.models import User
from search.alike import related

from ..models import ArticlePage, LessonPage
from ..permissions import can_edit, can_read, can_withdraw, can_write_in

LEADS_NAMED = 3


def question_of(user: Any, page: LessonPage | ArticlePage) -> Any:
    """The question that it was made of, where this reader may read that."""
    question = page.grown_from if page.grown_from_id else None
    return question if question and can_read_discussion(user, question) else None


def find_page(pk: int) -> LessonPage | ArticlePage:
    """The lesson or article with this primary key, published or not; raises Http404."""
    found = Page.objects.filter(pk=pk).specific().first()
    if not isinstance(found, (LessonPage, ArticlePage)):
        raise Http404
    return found


@require_GET
def wiki_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A page by its number: leads to its address; what is unpublished is shown here to those who may edit."""
    page = find_page(pk)
    if not can_read(request.user, page):
        raise Http404
    return redirect(page.get_absolute_url()) if page.live else serve_wiki_page(request, page)


def serve_wiki_page(request: HttpRequest, page: LessonPage | ArticlePage) -> HttpResponse:
    """Draw the page, or raise Http404 for who may not read it, whatever the method."""
    if not can_read(request.user, page):
        raise Http404
    return _drawn(request, page)


@require_safe
def _drawn(request: HttpRequest, page: LessonPage | ArticlePage) -> HttpResponse:
    authors = list(page.authors.select_related("profile"))
    context = {
        "page": page,
        "community": page.community,
        "authors": authors,
        "question": question_of(request.user, page),
        "attributions": [one for one in page.attributions if one.get("name")],
        "path": path_to(request.user, page),
        "who_to_ask": who_to_ask(page, authors),
        "alike": related(request.user, kinds_of(type(page))[0], page.pk),
        "applies_to": page.applies_to.filter(pk__in=_readable_ids(request.user)).order_by("title"),
        "may_edit": can_edit(request.user, page),
        "may_withdraw": can_withdraw(request.user, page),
        "can_talk": "conversations" in engines["django"].engine.libraries,
        "was_updated": _was_updated(page),
        "section": reverse("lessons"),
    }
    if isinstance(page, LessonPage):
        return render(request, "wiki/lesson.html", context)
    context |= {
        "below": _articles_below(request.user, page),
        "lessons_below": LessonPage.objects.child_of(page).visible_to(request.user).order_by("title"),
        "is_due": page.review_on is not None and page.review_on <= timezone.localdate(),
        "may_write": can_write_in(request.user, page.community),
    }
    return render(request, "wiki/article.html", context)


def path_to(user: Any, page: LessonPage | ArticlePage) -> list[dict[str, str]]:
    """Community, list, and the published articles above the page."""
    community = page.community
    is_lesson = isinstance(page, LessonPage)
    name = reverse("lessons" if is_lesson else "articles")
    above = ArticlePage.objects.ancestor_of(page).visible_to(user).order_by("path")
    return [
        {"label": community.title, "url": community.get_absolute_url(), "language": community.language},
        {"label": _("Lessons") if is_lesson else _("Articles"), "url": f"{name}?{_in(community)}"},
        *({"label": one.title, "url": one.get_absolute_url(), "language": one.language} for one in above),
    ]


def _in(community: Page) -> str:
    return urlencode({"community": community.pk})


def who_to_ask(page: LessonPage | ArticlePage, authors: list[User]) -> list[tuple[User, str]]:
    """(person, why): active authors first, then the community's leads."""
    found = {user.pk: (user, _("Wrote it")) for user in authors if user.is_active}
    leads = Membership.objects.filter(
        community=page.community, role=Membership.Role.LEAD, user__is_active=True
    ).select_related("user", "user__profile")
    for row in leads.order_by("joined_at")[:LEADS_NAMED]:
        found.setdefault(row.user_id, (row.user, _("Looks after this community")))
    return list(found.values())


def _readable_ids(user: Any) -> QuerySet:
    return CommunityPage.objects.live().filter(readable_communities(user)).values("pk")


def _articles_below(user: Any, page: ArticlePage) -> list[ArticlePage]:
    return list(ArticlePage.objects.child_of(page).visible_to(user).order_by("path"))


def _was_updated(page: LessonPage | ArticlePage) -> bool:
    """Whether it was changed on a later day than it was first published."""
    first, last = page.first_published_at, page.last_published_at
    return bool(first and last and timezone.localdate(last) > timezone.localdate(first))
