"""A chapter of the reading list."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import ModelForm

from ..models import Chapter


class ChapterForm(ModelForm):
    class Meta:
        model = Chapter
        fields = ["title", "source", "url", "discussed_on"]
        labels = {
            "title": _("Chapter"),
            "source": _("Book, or where it stands"),
            "url": _("Address"),
            "discussed_on": _("We talk about it on"),
        }
        help_texts = {
            "title": _("What you read: “Chapter 3: Slack”."),
            "source": _("“Peopleware, DeMarco and Lister”."),
            "url": _("It begins with https://"),
        }
        widgets = {
            "url": forms.URLInput,
            "discussed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].validators.append(URLValidator(schemes=["http", "https"]))

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _post_clean(self) -> None:
        """The instance is left alone: actions write it."""
