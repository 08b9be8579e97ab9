"""The rich-text widget, of the site's own forms and of Wagtail's administration alike."""

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe

from .editing import from_editor, from_markdown, to_editor, to_markdown
from .sanitise import SafeHtml

FORMAT = "-format"
ROWS = 8


class RichTextEditor(forms.Textarea):
    """A text area with Markdown, in the place of which the editor comes where scripts run.

    Takes and gives HTML in database form, sanitised. The editor says by `<name>-format=html` that it sends
    HTML; anything else is read as Markdown, which may hold HTML too. What comes back unchanged is the same
    to the byte.
    """

    template_name = "ui/rich_text_editor.html"

    class Media:
        css = {"all": ["kring/css/editor.css"]}
        js = [Script("kring/js/rich-text.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": ROWS, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> SafeHtml | None:
        typed = super().value_from_datadict(data, files, name)
        if typed is None:
            return None
        return from_editor(typed) if _is_html(data, name) else from_markdown(typed)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        stored = str(value or "")
        context = super().get_context(name, to_markdown(stored).rstrip("\n"), attrs)
        context["widget"]["html"] = mark_safe(to_editor(stored))
        context["widget"]["format_name"] = name + FORMAT
        context["bundle"] = static("django_prose_editor/editor.js")
        context["suggest_url"] = _suggest_url()
        given = context["widget"]["attrs"]
        if given.get("id"):
            described = (given.get("aria-describedby"), given["id"] + "_markdown")
            given["aria-describedby"] = " ".join(filter(None, described))
        return context


def _is_html(data: Any, name: str) -> bool:
    return data.get(name + FORMAT) == "html"


def as_typed(data: Any, name: str, value: str) -> str:
    """What was sent for a field, in a form that a plain text area shows and sends again."""
    return to_markdown(from_editor(value)) if _is_html(data, name) else value


def _suggest_url() -> str:
    """Where addresses of pages are suggested, or '' on a site without a search."""
    try:
        return reverse("search_suggest")
    except NoReverseMatch:
        return ""
