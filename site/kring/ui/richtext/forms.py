"""Rich text in forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .sanitise import SafeHtml, sanitise
from .text import to_text
from .widgets import RichTextEditor


class RichTextFormField(forms.CharField):
    """Gives sanitised HTML in database form; '' for none. Without words or a picture it counts as empty."""

    widget = RichTextEditor
    default_error_messages = {"required": _("There is no text in it yet. Write a few words.")}

    def to_python(self, value: Any) -> SafeHtml:
        return sanitise(str(value)) if value else SafeHtml("")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.required and not to_text(value) and "<embed" not in value:
            raise ValidationError(self.error_messages["required"], code="required")
