"""How forms are drawn, and what all of them share."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms and fields are drawn by our own templates: labels above, help below, errors summed up on top."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def _style(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.CheckboxInput)):
        return
    if isinstance(widget, forms.HiddenInput):
        return
    present = widget.attrs.get("class", "")
    widget.attrs["class"] = f"field__input {present}".strip()


class StyledForm:
    """Mixin: gives each field the site's classes. Stands before forms.Form or forms.ModelForm."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            _style(field)


class Form(StyledForm, forms.Form):
    """A plain form in the site's look."""


class ModelForm(StyledForm, forms.ModelForm):
    """A model's form in the site's look."""
