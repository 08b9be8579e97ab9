"""The rich-text field of pages, comments and profiles."""

from wagtail.fields import RichTextField as WagtailRichTextField


class RichTextField(WagtailRichTextField):
    """Sanitised HTML in Wagtail's database form."""
