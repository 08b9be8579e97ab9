"""All input of this app."""

from .lists import Filters
from .pages import ArticleForm, LessonForm

__all__ = ["ArticleForm", "Filters", "LessonForm"]
