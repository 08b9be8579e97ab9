"""Fields that forms of several apps have."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

TAG_LENGTH = 100
MOST_TAGS = 20


class TagsField(forms.CharField):
    """Words separated by commas; gives a list in which each stands once, whatever its case."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        found: dict[str, str] = {}
        for word in str(value or "").split(","):
            if tag := " ".join(word.split()):
                found.setdefault(tag.lower(), tag)
        if any(len(tag) > TAG_LENGTH for tag in found.values()):
            raise ValidationError(gettext("A tag has at most 100 characters. Put commas between them."))
        if len(found) > MOST_TAGS:
            raise ValidationError(gettext("Twenty tags are the most. Keep the words people would look for."))
        return list(found.values())

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        """Any words will do."""

    def run_validators(self, value: Any) -> None:
        """Any words will do."""
