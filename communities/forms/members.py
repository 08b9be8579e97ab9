"""Who belongs to a community, as what, and how much they are told."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.people.models import User
from kring.people.permissions import visible_people
from kring.ui.forms import Form

from ..models import Membership

LEVELS = {
    Membership.Level.ALL: _("Everything that is said here"),
    Membership.Level.IMPORTANT: _("Announcements, and what I take part in"),
    Membership.Level.MINE: _("Only answers and replies to me"),
    Membership.Level.NONE: _("Nothing"),
}


class PersonForm(Form):
    """Somebody, by the name or address that was typed."""

    person = forms.CharField(
        label=_("Name or e-mail address"),
        max_length=254,
        help_text=_("As it stands on their page."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_person(self) -> User:
        typed = self.cleaned_data["person"].strip()
        people = visible_people(self.by).active()
        found = list(people.filter(email__iexact=typed)) or list(people.filter(name__iexact=typed)[:2])
        if not found:
            found = list(people.called(typed)[:2])
        if not found:
            raise ValidationError(gettext("Nobody here is called that. Is it spelled as on their page?"))
        if len(found) > 1:
            raise ValidationError(gettext("Several people are called that. Give the e-mail address."))
        return found[0]


class AddMemberForm(PersonForm):
    role = forms.ChoiceField(
        label=_("As"),
        choices=[(value, capfirst(label)) for value, label in Membership.Role.choices],
        initial=Membership.Role.MEMBER,
        help_text=_("They are told, and can leave again."),
    )


class RoleForm(Form):
    role = forms.ChoiceField(choices=Membership.Role.choices)


class LevelForm(Form):
    level = forms.ChoiceField(label=_("What you are told"), choices=list(LEVELS.items()))
