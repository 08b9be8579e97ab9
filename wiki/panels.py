"""What the wiki shows on a community's page."""

from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityPage, Discussion
from communities.panels import Continuation, Panel, register_continuation, register_panel

from .models import ArticlePage, LessonPage
from .permissions import can_write_in

LESSONS_SHOWN, ARTICLES_SHOWN = 4, 3


def lessons_of(user: Any, community: CommunityPage) -> str | None:
    """The newest lessons of the community, as far as this reader may read them."""
    found = LessonPage.objects.visible_to(user).filter(community=community)
    return _drawn("wiki/lessons_panel.html", found, LESSONS_SHOWN, lesson_list(community))


def articles_of(user: Any, community: CommunityPage) -> str | None:
    """Its articles that were changed last."""
    found = ArticlePage.objects.visible_to(user).filter(community=community, is_placeholder=False)
    return _drawn("wiki/articles_panel.html", found, ARTICLES_SHOWN, article_list(community))


def _drawn(template: str, found: Any, limit: int, url: str) -> str | None:
    count = found.count()
    if not count:
        return None
    order = "-first_published_at" if found.model is LessonPage else "-last_published_at"
    pages = found.for_list().order_by(order, "-pk")[:limit]
    return render_to_string(template, {"pages": pages, "count": count, "url": url})


def lesson_list(community: CommunityPage) -> str:
    return f"{reverse('lessons')}?community={community.pk}"


def article_list(community: CommunityPage) -> str:
    return f"{reverse('articles')}?community={community.pk}"


def _form_for(name: str, user: Any, question: Discussion) -> str:
    """The form for a new page, to be filled in from the question."""
    return f"{reverse(name)}?question={question.pk}" if can_write_in(user, question.community) else ""


def _grown(model: Any, words: Any, user: Any, question: Discussion) -> list[tuple[str, str, str, str]]:
    pages = model.objects.visible_to(user).filter(grown_from=question).order_by("first_published_at", "pk")
    return [(str(words), page.title, page.get_absolute_url(), page.language) for page in pages]


def register_continuations() -> None:
    """A solved question can become a lesson or an article."""
    for key, label, became, model, order in (
        ("lesson", _("Make it a lesson"), _("Became a lesson:"), LessonPage, 10),
        ("article", _("Make it an article"), _("Became an article:"), ArticlePage, 20),
    ):
        register_continuation(
            Continuation(
                key, label, key, partial(_form_for, f"{key}_new"), partial(_grown, model, became), order
            )
        )


def register_panels() -> None:
    register_panel(Panel("lessons", _("Lessons"), lessons_of, order=10, tab_url=lesson_list))
    register_panel(Panel("articles", _("Articles"), articles_of, order=20, tab_url=article_list))
