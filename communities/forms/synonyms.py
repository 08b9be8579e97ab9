"""What means the same, typed in or brought as a file."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form
from search.models import Synonyms
from search.synonyms import written
from search.wording import LONGEST_IMPORT, LONGEST_ROW

LARGEST_FILE = LONGEST_IMPORT * 4


class SynonymsForm(Form):
    """One row. version: of the row that is changed, as it was looked at."""

    words = forms.CharField(
        label=_("What means the same"),
        help_text=_("Two words or more, with commas between them. Phrases of up to four words are fine."),
        max_length=LONGEST_ROW,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    one_way = forms.BooleanField(
        label=_("One way only"),
        help_text=_("Whoever searches for the first finds the others, and not the other way round."),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Synonyms | None = None, words: str = "", **kwargs: Any) -> None:
        """words: to begin a new row with."""
        self.row = row
        kwargs["initial"] = _initial(row) if row else {"language": get_language(), "words": words}
        super().__init__(*args, auto_id="synonyms_%s", **kwargs)
        del self.fields["language" if row else "version"]


def _initial(row: Synonyms) -> dict[str, Any]:
    return {"words": ", ".join(written(row.words)), "one_way": row.one_way, "version": row.version}


class ImportSynonymsForm(Form):
    """Rows as text, typed or in a file."""

    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("One row a line"),
        help_text=_(
            "Commas stand between what means the same. “=>” after the first means one way only. "
            "Lines that begin with # and a blank are left out."
        ),
        required=False,
        max_length=LONGEST_IMPORT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label=_("Or a text file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="import_%s", initial={"language": get_language()}, **kwargs)
        for name in ("text", "file"):
            self.fields[name].needed_at_times = True  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        """Its text."""
        found = self.cleaned_data["file"]
        if not found:
            return ""
        if found.size > LARGEST_FILE:
            raise ValidationError(_("That is too much at once. Import it in parts."))
        try:
            return found.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(_("That is no text in UTF-8. Save it so, and try again.")) from error

    def clean(self) -> dict[str, Any]:
        """Both make one text."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["both"] = "\n".join(one for one in (cleaned.get("text"), cleaned.get("file")) if one)
        if not self.errors and not cleaned["both"].strip():
            self.add_error("text", _("Write a row, or choose a file."))
        return cleaned
