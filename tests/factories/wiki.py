"""Lessons and articles."""

from itertools import count

from factories.communities import make_community
from wiki.models import ArticlePage, LessonPage

_numbers = count(1)


def make_lesson(parent=None, title: str = "", *, author=None, **fields) -> LessonPage:
    parent = parent or make_community()
    community = getattr(parent, "community", None) or parent
    lesson = LessonPage(
        title=title or f"Lesson {next(_numbers)}", community=community, owner=author, **fields
    )
    parent.add_child(instance=lesson)
    if author:
        lesson.authors.add(author)
        lesson.save()
    return lesson


def make_article(parent=None, title: str = "", *, author=None, **fields) -> ArticlePage:
    parent = parent or make_community()
    community = getattr(parent, "community", None) or parent
    article = ArticlePage(
        title=title or f"Article {next(_numbers)}", community=community, owner=author, **fields
    )
    parent.add_child(instance=article)
    if author:
        article.authors.add(author)
        article.save()
    return article
