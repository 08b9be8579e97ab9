"""Fields of the profile: working hours, languages, a picture, a colleague, a team."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from ..models import DAYS, Team, User

PICTURE_BYTES = 5 * 1024 * 1024
PICTURE_PIXELS = 40_000_000
PICTURE_SIDE = 512
FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]

DAY_NAMES = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}

# ISO 639-1 codes with the language's own name, which its speakers recognise in any interface.
LANGUAGE_NAMES = {
    "nl": "Nederlands",
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "ar": "العربية",
    "bg": "Български",
    "cs": "Čeština",
    "da": "Dansk",
    "el": "Ελληνικά",
    "es": "Español",
    "et": "Eesti",
    "fa": "فارسی",
    "fi": "Suomi",
    "fy": "Frysk",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "no": "Norsk",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "sr": "Srpski",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}


def language_name(code: str) -> str:
    return LANGUAGE_NAMES.get(code, code)


def resized(upload: Any) -> ContentFile:
    """The picture as a square WebP of at most 512 px, drawn anew: nothing of the bytes or EXIF is kept.

    Raises ValidationError for what is too large or no picture.
    """
    if upload.size > PICTURE_BYTES:
        raise forms.ValidationError(_("This picture is larger than 5 MB. Take a smaller one."))
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > PICTURE_PIXELS:
                raise forms.ValidationError(_("This picture has too many pixels. Take a smaller one."))
            drawn = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise forms.ValidationError(
            _("This is no picture that we can read. Take a JPEG, PNG or WebP.")
        ) from None
    side = min(PICTURE_SIDE, drawn.width, drawn.height)
    buffer = BytesIO()
    ImageOps.fit(drawn, (side, side)).save(buffer, "WEBP", quality=85)
    return ContentFile(buffer.getvalue(), name="picture.webp")


class PictureField(forms.FileField):
    """Gives a checked ContentFile, drawn anew."""

    widget = forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        return resized(upload) if upload and upload is not initial else None


class WorkingHoursWidget(forms.MultiWidget):
    """From and to for each day of the week."""

    template_name = "people/working_hours.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        kinds: dict[str, Any] = {
            f"{day}_{end}": forms.TimeInput({"type": "time"}) for day in DAYS for end in ("from", "to")
        }
        super().__init__(kinds, attrs)

    def decompress(self, value: dict[str, list[str]] | None) -> list[str | None]:
        return [clock for day in DAYS for clock in (value or {}).get(day) or (None, None)]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        for part in parts:
            part["attrs"]["class"] = "field__input"
        context["days"] = [
            (DAY_NAMES[day], parts[2 * index], parts[2 * index + 1]) for index, day in enumerate(DAYS)
        ]
        return context


class WorkingHoursField(forms.MultiValueField):
    """{"mon": ["09:00", "17:00"]}; a day without hours is left out."""

    widget = WorkingHoursWidget

    def __init__(self, **kwargs: Any) -> None:
        clocks = tuple(forms.TimeField(required=False) for _day in DAYS for _end in range(2))
        super().__init__(clocks, required=False, require_all_fields=False, **kwargs)

    def compress(self, clocks: list[Any]) -> dict[str, list[str]]:
        hours = {}
        for index, day in enumerate(DAYS):
            start, end = [*clocks[2 * index : 2 * index + 2], None, None][:2]
            if (start is None) != (end is None) or (start and end and start >= end):
                raise forms.ValidationError(
                    _("%(day)s: write a beginning and a later end, or leave both empty.")
                    % {"day": DAY_NAMES[day]}
                )
            if start is not None and end is not None:
                hours[day] = [f"{start:%H:%M}", f"{end:%H:%M}"]
        return hours


class TeamField(forms.ModelChoiceField):
    """A team from the tree, shown under its department."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Team.objects.order_by("path"), **kwargs)

    def label_from_instance(self, team: Any) -> str:
        return "\u2003" * (team.depth - 1) + team.name


class ColleagueField(forms.CharField):
    """A colleague by e-mail address or full name; several of one name are asked apart."""

    def prepare_value(self, value: Any) -> Any:
        return value.email if isinstance(value, User) else value

    def clean(self, value: Any) -> User | None:
        text = super().clean(value)
        if not text:
            return None
        people = User.objects.active()
        found = list(people.filter(email__iexact=text)[:1] or people.filter(name__iexact=text)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(
                _("Several people are called “%(name)s”. Write the e-mail address.") % {"name": text}
            )
        raise forms.ValidationError(
            _("There is no colleague “%(name)s”. Write the full name or the e-mail address.") % {"name": text}
        )
