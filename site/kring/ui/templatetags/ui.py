"""Tags for components, icons and addresses."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..components import COMPONENTS
from ..navigation import Entry, entries

register = template.Library()


@register.simple_tag(takes_context=True)
def component(context: template.Context, name: str, /, **props: Any) -> str:
    """Draw templates/components/<name>.html with its declared props; see kring.ui.components."""
    values = COMPONENTS[name].props(name, props)
    return get_template(f"components/{name}.html").template.render(
        template.Context({**values, "request": context.get("request"), "viewer": context.get("user")})
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of icons.svg; without a label it is decoration."""
    href = f"{static('kring/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def ring(name: str, small: bool = False) -> SafeString:
    """A drawing of rings.svg for empty pages: page, lens, clock, seats, talk, loose, done."""
    return format_html(
        '<svg class="ring{}" aria-hidden="true"><use href="{}"/></svg>',
        " ring--s" if small else "",
        f"{static('kring/rings.svg')}#{name}",
    )


@register.simple_tag(takes_context=True)
def menu_entries(context: template.Context, menu: str) -> list[Entry]:
    user = context.get("user")
    return entries(menu, user) if user is not None else []


@register.simple_tag(takes_context=True)
def current_if(context: template.Context, url: str) -> str:
    """aria-current for a link of the main menu: exactly this page, or a page under it.

    A page whose address says nothing of the menu names its entry's address as `section` in the context.
    """
    request = context.get("request")
    if request is None or not url:
        return ""
    if request.path == url:
        return SafeString('aria-current="page"')
    section = context.get("section")
    under = section == url if section else url != "/" and request.path.startswith(url)
    return SafeString('aria-current="true"') if under else ""


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """The present query string with changes; None takes a parameter away. Begins with "?"."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{urlencode(list(query.lists()), doseq=True)}"


@register.filter
def initials(name: str) -> str:
    """First letters of the first and last word: "Femke de Vries" is FV."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def hue(key: Any) -> int:
    """One of the eight colours of faces, always the same for the same person or name."""
    number = key if isinstance(key, int) else sum(str(key).encode())
    return number % 8 + 1


@register.filter
def around(things: Any, places: int = 8) -> list[tuple[Any, str, str, str]]:
    """Up to eight things placed on a circle of 160 by 160: (thing, x, y, y of the text)."""
    from math import cos, radians, sin

    placed = []
    for index, thing in enumerate(list(things)[:8]):
        angle = radians(index * 360 / places - 90)
        x, y = 80 + 56 * cos(angle), 80 + 56 * sin(angle)
        placed.append((thing, f"{x:.1f}", f"{y:.1f}", f"{y + 4.6:.1f}"))
    return placed


@register.simple_tag(takes_context=True)
def example(context: template.Context, name: str, props: dict[str, Any]) -> str:
    """A component with props from a mapping, for the gallery."""
    return component(context, name, **props)
