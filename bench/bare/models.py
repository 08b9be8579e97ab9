"""A page as a Wagtail tutorial would make it."""

from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class BarePage(Page):
    body = RichTextField()
    template = "bare/page.html"
    search_fields = (*Page.search_fields, index.SearchField("body"))
