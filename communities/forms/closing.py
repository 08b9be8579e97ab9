"""Who leads from now on, and into which community another goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.ui.forms import Form

from ..models import CommunityPage, Membership
from ..querysets import CommunityPageQuerySet
from .members import PersonForm


class HandOverForm(PersonForm):
    stay = forms.ChoiceField(
        label=_("You stay as"),
        choices=[(Membership.Role.MEMBER, _("Member")), (Membership.Role.MODERATOR, _("Moderator"))],
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
    )


class MergeForm(Form):
    into = forms.ModelChoiceField(
        CommunityPage.objects.none(), label=_("Into which community?"), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, places: CommunityPageQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = places
