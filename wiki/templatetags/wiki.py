"""How the text of lessons and articles is laid out. Input is HTML that the sanitiser has passed."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.ui.templatetags.moments import as_said, day

register = template.Library()

HEADING = re.compile(r"<h([23])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
ID = re.compile(r'\bid="([^"]*)"')
NUMBERED = re.compile(r"<ol>((?:(?!</?[ou]l\b).)*)</ol>", re.DOTALL)
PLAIN_LIST = re.compile(r"<([ou]l)>((?:(?!</?[ou]l\b).)*)</\1>", re.DOTALL)
ITEM = re.compile(r"<li(?:\s[^>]*)?>(.*?)</li>", re.DOTALL)
MOMENT = re.compile(r"\s*(?:<p[^>]*>)?\s*<(strong|b)>(.*?)</\1>[\s:,;–—-]*(.*?)(?:</p>)?\s*", re.DOTALL)
PARAGRAPH = re.compile(r"\s*<p[^>]*>((?:(?!<p\b).)*)</p>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """Text whose headings can be linked to."""

    html: SafeString
    headings: list[Heading]


@register.filter
def anchored(html: str) -> Anchored:
    """Give every heading of level 2 and 3 an anchor, keeping those it has."""
    taken = set(ID.findall(html))
    headings: list[Heading] = []

    def give(found: re.Match[str]) -> str:
        level, attributes, inner = found.groups()
        text = " ".join(unescape(strip_tags(inner)).split())
        present = ID.search(attributes)
        anchor = present[1] if present else _free(slugify(text) or "part", taken)
        taken.add(anchor)
        headings.append(Heading(int(level), anchor, text))
        return found[0] if present else f'<h{level}{attributes} id="{anchor}">{inner}</h{level}>'

    return Anchored(mark_safe(HEADING.sub(give, html)), [one for one in headings if one.text])


def _free(base: str, taken: set[str]) -> str:
    anchor, number = base, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    return anchor


@register.filter
def timeline(html: str) -> SafeString:
    """Draw a numbered list as a timeline where each item begins with a moment in bold."""
    return mark_safe(NUMBERED.sub(_timeline, html))


def _timeline(found: re.Match[str]) -> str:
    items = [MOMENT.fullmatch(inner) for inner in ITEM.findall(found[1])]
    if len(items) < 2 or not all(item and "<p" not in item[3] for item in items):
        return found[0]
    rows = "".join(f"<li><span>{item[2]}</span><span>{item[3]}</span></li>" for item in items if item)
    return f'<ol class="timeline">{rows}</ol>'


@register.filter
def ticks(html: str) -> SafeString:
    """Draw lists as things to do, each with an open circle before it."""
    return mark_safe(PLAIN_LIST.sub(_ticks, html))


def _ticks(found: re.Match[str]) -> str:
    circle = f'<svg class="icon" aria-hidden="true"><use href="{static("kring/icons.svg")}#todo"/></svg>'
    rows = []
    for inner in ITEM.findall(found[2]):
        alone = PARAGRAPH.fullmatch(inner)
        rows.append(f'<li class="beside">{circle}<div>{alone[1] if alone else inner}</div></li>')
    return f'<{found[1]} class="ticks">{"".join(rows)}</{found[1]}>'


@register.filter
def outsiders(page: Any) -> list[str]:
    """Names of authors who have no account here."""
    return [one["name"] for one in page.attributions if one.get("name")]


@register.filter
def page_facts(page: Any) -> list[str]:
    """When it was written, and how much it was talked about."""
    facts = [day(page.created_on) if page.created_on else as_said(page.first_published_at)]
    if count := getattr(page, "comment_count", 0):
        facts.append(ngettext("%(count)d comment", "%(count)d comments", count) % {"count": count})
    return [fact for fact in facts if fact]


@register.filter
def page_badges(page: Any) -> list[tuple[str, str]]:
    """(text, tone): how it went, and whether it is unpublished."""
    badges = []
    if outcome := getattr(page, "outcome", ""):
        badges.append((capfirst(page.get_outcome_display()), "good" if outcome == "success" else ""))
    if not page.live:
        badges.append((_("Not published"), "warn"))
    return badges
