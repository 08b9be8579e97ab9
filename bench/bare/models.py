"""A page as a Wagtail tutorial would make it."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class BarePage(Page):
    body = RichTextField()
    template = "bare/page.html"
