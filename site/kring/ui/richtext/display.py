"""Stored rich text as it is shown to readers."""

import re
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from wagtail.rich_text import expand_db_html

# The sanitiser lets no such character pass.
_SEAM = "\x1e"
# Longer code and logs are folded away.
LONGEST_CODE = 30
_CODE = re.compile(r"<pre><code( [^>]*)?>(.*?)</code></pre>", re.DOTALL)
_MENTION = re.compile(r'(<a linktype="person" id="([1-9][0-9]{0,17})">)@[^<]*</a>')
_UNTITLED = "<summary></summary>"
_TASK = re.compile(r'<li data-type="taskItem" data-checked="(true|false)">')


def display(html: str | None) -> SafeString:
    """One text; see `display_all`."""
    return display_all([html])[0]


def display_all(texts: Iterable[str | None]) -> list[SafeString]:
    """Texts with their links and images, all looked up at once: a query for pages, one for each other kind.

    A link to something that is gone is left as its words. Who is mentioned is called as they are called now.
    """
    joined = _called_now(_SEAM.join((html or "").replace(_SEAM, "") for html in texts))
    shown = _CODE.sub(_code, _TASK.sub(_task, expand_db_html(joined)))
    shown = shown.replace(_UNTITLED, format_html("<summary>{}</summary>", gettext("More")))
    return [mark_safe(html) for html in shown.split(_SEAM)]


def _called_now(html: str) -> str:
    numbers = {int(found[2]) for found in _MENTION.finditer(html)}
    if not numbers:
        return html
    people = get_user_model()._default_manager.filter(pk__in=numbers).exclude(name="")
    names = dict(people.values_list("pk", "name"))

    def say(found: re.Match[str]) -> str:
        name = names.get(int(found[2]))
        return f"{found[1]}@{escape(name)}</a>" if name else found[0]

    return _MENTION.sub(say, html)


def _code(found: re.Match[str]) -> str:
    lines = found[2].count("\n") + 1
    if lines <= LONGEST_CODE:
        return found[0]
    words = ngettext("%(count)d line. Show all", "%(count)d lines. Show all", lines) % {"count": lines}
    return format_html('<details class="fold"><summary>{}</summary>{}</details>', words, mark_safe(found[0]))


def _task(found: re.Match[str]) -> str:
    done = found[1] == "true"
    label = gettext("Done") if done else gettext("To do")
    return found[0] + format_html('<span class="task-box" role="img" aria-label="{}"></span>', label)
