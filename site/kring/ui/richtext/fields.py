"""The rich-text field of pages, comments and profiles."""

from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.fields import RichTextField as WagtailRichTextField

from .forms import RichTextFormField
from .sanitise import sanitise


class RichTextField(WagtailRichTextField):
    """Sanitised HTML in Wagtail's database form.

    It is sanitised when a model is cleaned, when a revision is made or read, and whichever way it is written:
    by save(), bulk_create() or update().
    """

    if TYPE_CHECKING:
        # Wagtail has no types. Whoever reads or writes it has text.
        def __get__(self, instance: Any, owner: Any) -> Any: ...

    def to_python(self, value: Any) -> Any:
        return sanitise(value) if isinstance(value, str) else super().to_python(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = sanitise(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(
            self.to_python(value) if isinstance(value, str) else value, connection
        )

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.to_python(self.value_from_object(obj)) or "")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})
