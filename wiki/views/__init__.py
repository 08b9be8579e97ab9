"""Pages of this app."""

from .lists import articles, lessons
from .reading import serve_wiki_page, wiki_page
from .removing import delete, publish, unpublish
from .writing import article_new, confirm, lesson_new, page_edit

__all__ = [
    "article_new",
    "articles",
    "confirm",
    "delete",
    "lesson_new",
    "lessons",
    "page_edit",
    "publish",
    "serve_wiki_page",
    "unpublish",
    "wiki_page",
]
