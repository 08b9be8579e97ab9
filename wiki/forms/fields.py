"""Names on lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext


class NameLines(forms.MultiWidget):
    """A line for each name, with suggestions; needs no script."""

    template_name = "wiki/name_lines.html"
    use_fieldset = True

    def __init__(self, lines: int = 3, attrs: dict[str, Any] | None = None) -> None:
        line = forms.TextInput(attrs={"list": "people-names", "class": "field__input", "autocomplete": "off"})
        super().__init__([line] * lines, attrs)

    def decompress(self, value: Any) -> list[str]:
        return list(value or [])

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [data.get(f"{name}_{index}", "").strip() for index in range(len(self.widgets))]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        padded = [*(value or []), *[""] * len(self.widgets)][: len(self.widgets)]
        context = super().get_context(name, padded, attrs)
        for number, line in enumerate(context["widget"]["subwidgets"], start=1):
            line["attrs"]["aria-label"] = gettext("Author %(number)d") % {"number": number}
        context["widget"]["names"] = getattr(self, "names", ())
        return context


class NamesField(forms.Field):
    """People by name or e-mail address, one a line; gives the list of what was typed."""

    widget = NameLines

    def to_python(self, value: Any) -> list[str]:
        return [line for line in value or [] if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [line for line in data or [] if line] != list(initial or [])
