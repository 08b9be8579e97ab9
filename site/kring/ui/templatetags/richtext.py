"""Rich text in templates."""

from django import template
from django.utils.safestring import SafeString

from ..richtext.display import display, display_all
from ..richtext.text import excerpt as excerpt_of
from ..richtext.text import to_text

register = template.Library()


@register.filter
def prose(html: str | None) -> SafeString:
    """Stored rich text as HTML to show, inside an element of class "prose"."""
    return display(html)


@register.simple_tag
def prose_of(things: list[object], name: str) -> list[tuple[object, SafeString]]:
    """(thing, HTML of its field `name`) for each thing of a list, with the links of all looked up at once."""
    things = list(things)
    return list(zip(things, display_all(getattr(thing, name) for thing in things), strict=True))


@register.filter
def plain_text(html: str | None) -> str:
    """The words, a line a block."""
    return to_text(html or "")


@register.filter
def excerpt(html: str | None, words: int = 30) -> str:
    """The first words on one line, with … when there are more."""
    return excerpt_of(html or "", words)
