"""What the search box offers on a page."""

from dataclasses import dataclass
from typing import Any

from django import template

from kring.indexing.registry import kinds_of

register = template.Library()

# What a page is about stands in its context under one of these; itself a community, or in one.
NAMES = ("community", "discussion", "page", "lesson", "article")


@dataclass(frozen=True, slots=True)
class Place:
    """A community to search in. chosen: the results on this page are of it."""

    value: str
    label: str
    language: str
    chosen: bool = False


@register.simple_tag(takes_context=True)
def search_place(context: template.Context) -> Place | None:
    """The community that the page is about, or in which was searched; asks the database nothing."""
    for facet in context.get("facets") or ():
        if getattr(facet, "name", "") == "community" and len(context["asked"].communities) == 1:
            chosen = next(option for option in facet.options if option.chosen)
            return Place(chosen.value, chosen.label, chosen.language, chosen=True)
    for name in NAMES:
        thing: Any = context.get(name)
        for one in (thing, getattr(thing, "community", None)):
            if getattr(one, "pk", None) and "community" in kinds_of(type(one)):
                return Place(str(one.pk), one.title, one.language)
    return None
