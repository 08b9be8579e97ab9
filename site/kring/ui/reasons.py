"""A word along with a click: why somebody decides so, and the way back to where the button stood."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from .forms import Form

LENGTH = 1000


class CannedSelect(forms.Select):
    """A choice of replies; each option holds its text for <canned-reply>."""

    texts: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if text := self.texts.get(str(value)):
            option["attrs"]["data-text"] = text
        return option


class ReasonForm(Form):
    """Why: typed, or one of the replies kept at hand; a script puts these in the field.

    `canned` holds (title, text) of these; `sent_as` is what the typed one is called when it is sent.
    """

    canned = forms.ChoiceField(label=_("A reply you have at hand"), required=False, widget=CannedSelect)
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever wrote it reads this."),
    )

    def __init__(
        self, *args: Any, canned: Iterable[tuple[str, str]] = (), sent_as: str = "reason", **kwargs: Any
    ) -> None:
        self.sent_as = sent_as
        super().__init__(*args, **kwargs)
        self.texts = dict(canned)
        field: Any = self.fields["canned"]
        if self.texts:
            field.choices = [("", _("None")), *((title, title) for title in self.texts)]
            field.widget.texts = self.texts
        else:
            del self.fields["canned"]

    def add_prefix(self, field_name: str) -> str:
        return self.sent_as if field_name == "reason" else str(super().add_prefix(field_name))

    def said(self) -> str:
        """What was typed, else the reply that was chosen. Wants is_valid()."""
        chosen = self.texts.get(self.cleaned_data.get("canned", ""), "")
        return self.cleaned_data["reason"] or chosen[:LENGTH]


def reason_in(request: HttpRequest, canned: Iterable[tuple[str, str]]) -> str:
    """What was sent along; too long a one is cut, for the click counts."""
    form = ReasonForm(request.POST, canned=canned)
    return form.said() if form.is_valid() else request.POST.get("reason", "").strip()[:LENGTH]


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the button stood, by what was sent as `next`; only on this site."""
    wanted = request.POST.get("next", "")
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure())
    return wanted if safe else otherwise
