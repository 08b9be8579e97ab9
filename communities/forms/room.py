"""Announcing a live room."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.people.models import User
from kring.people.permissions import visible_people
from kring.ui.forms import ModelForm

from ..actions.rooms import wrong_times
from ..models import CommunityPage, Discussion

MOST_HOSTS = 10
MOMENT = "%Y-%m-%dT%H:%M"


class HostsField(forms.CharField):
    """Names or e-mail addresses, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})


class RoomForm(ModelForm):
    """The community is chosen once. Times are in the writer's zone."""

    community = forms.ModelChoiceField(
        CommunityPage.objects.none(),
        label=_("Community"),
        help_text=_("Whoever can read this community can come and ask."),
        empty_label=_("Choose one"),
    )
    hosts = HostsField(
        label=_("Who answers?"), help_text=_("A name or an e-mail address on each line. They are told.")
    )

    class Meta:
        model = Discussion
        fields = ["title", "body", "starts_at", "ends_at", "language"]
        labels = {
            "title": _("Title"),
            "body": _("More about it"),
            "starts_at": _("It begins"),
            "ends_at": _("It ends"),
            "language": _("Written in"),
        }
        help_texts = {
            "title": _("For example: “Ask Ruth anything about suppliers”."),
            "body": _("What people can ask about, and who answers."),
            "ends_at": _("Then nothing more can be added; everything stays to be read."),
        }
        widgets = {
            "title": forms.TextInput(attrs={"class": "field__input--title"}),
            "starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
            "ends_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        }

    field_order = ["title", "body", "community", "hosts", "starts_at", "ends_at", "language"]

    def __init__(self, *args: Any, by: User, places: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        for name in ("starts_at", "ends_at"):
            self.fields[name].required = True
            self.fields[name].input_formats = [MOMENT, f"{MOMENT}:%S"]
        if self.instance.pk is None:
            self.fields["community"].queryset = places
            return
        del self.fields["community"]
        present = self.instance.hosts.order_by("name")
        self.fields["hosts"].initial = "\n".join(user.name or user.email for user in present)

    def clean_hosts(self) -> list[User]:
        lines = [line.strip() for line in self.cleaned_data["hosts"].splitlines() if line.strip()]
        if len(lines) > MOST_HOSTS:
            raise ValidationError(gettext("Ten people are the most."))
        return [self._person(line) for line in dict.fromkeys(lines)]

    def _person(self, line: str) -> User:
        people = visible_people(self.by).active()
        found = list(people.filter(email__iexact=line)) or list(people.filter(name__iexact=line)[:2])
        found = found or list(people.called(line)[:2])
        if len(found) == 1:
            return found[0]
        words = (
            gettext("Several people are called %(name)s. Give the e-mail address.")
            if found
            else gettext("Nobody here is called %(name)s. Is it spelled as on their page?")
        )
        raise ValidationError(words % {"name": line})

    def clean(self) -> dict[str, Any]:
        """All that is wrong is said at once, also where the action is not asked yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if self.errors and starts_at and ends_at:
            for name, words in wrong_times(starts_at, ends_at).items():
                self.add_error(name, words)
        return cleaned

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def _post_clean(self) -> None:
        """The instance is left alone: actions write it."""
