"""The profile, its skills, and what administrators set."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.ui.forms import Form, ModelForm

from ..actions.profiles import is_above
from ..models import LEVELS, PersonSkill, Profile, Team, User
from .fields import LANGUAGE_NAMES, ColleagueField, PictureField, TeamField, WorkingHoursField

PROFILE = ("headline", "team", "manager", "location", "started_on", "languages", "working_hours", "about")


class ProfileForm(ModelForm):
    """Everything on one's own page, but for the skills."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    picture = PictureField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy(
            "Your face, so that colleagues recognise you. JPEG, PNG or WebP, at most 5 MB."
        ),
    )
    remove_picture = forms.BooleanField(label=gettext_lazy("Take the picture away"), required=False)
    team = TeamField(label=gettext_lazy("Team"), required=False, empty_label="–")
    manager = ColleagueField(
        label=gettext_lazy("Manager"),
        required=False,
        help_text=gettext_lazy("Full name or e-mail address"),
        widget=forms.TextInput({"list": "colleagues", "autocomplete": "off"}),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak"),
        required=False,
        choices=list(LANGUAGE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    working_hours = WorkingHoursField(
        label=gettext_lazy("Working hours"),
        help_text=gettext_lazy("In your own time zone, so that colleagues know when to reach you."),
    )

    class Meta:
        model = Profile
        fields = PROFILE
        widgets = {"started_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        labels = {
            "headline": gettext_lazy("Headline"),
            "location": gettext_lazy("Location"),
            "started_on": gettext_lazy("Here since"),
            "about": gettext_lazy("About you"),
        }
        help_texts = {
            "headline": gettext_lazy("What you do, in one line: “Tester at the tax team, loves messy data”"),
            "location": gettext_lazy("Where colleagues find you: “Utrecht, 3rd floor”, “at home in Ghent”"),
            "about": gettext_lazy("What do you like to be asked about?"),
        }

    field_order = [
        *("name", "picture", "remove_picture", "headline", "team", "manager", "location", "started_on"),
        *("languages", "working_hours", "about"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = self.instance.user.name
        self.initial["manager"] = self.instance.manager
        self.initial.pop("picture", None)
        self.fields["picture"].initial = None
        if not self.instance.picture:
            del self.fields["remove_picture"]
        known = set(LANGUAGE_NAMES)
        others = [(code, code) for code in self.instance.languages if code not in known]
        languages: Any = self.fields["languages"]
        languages.choices += others

    def clean_manager(self) -> User | None:
        manager = self.cleaned_data["manager"]
        if is_above(self.instance.user, manager):
            raise forms.ValidationError(_("That would put you above yourself. Take another colleague."))
        return manager

    def _post_clean(self) -> None:
        """The action writes the instance; a form with errors must not touch it."""

    def values(self) -> dict[str, Any]:
        """What edit_profile() takes."""
        return {name: self.cleaned_data[name] for name in ("name", *PROFILE)}


class SkillForm(Form):
    """One skill offered or wanted."""

    label = forms.CharField(
        label=gettext_lazy("Skill"),
        max_length=200,
        help_text=gettext_lazy("For example: negotiating, Python, chairing a meeting"),
        widget=forms.TextInput({"list": "skills", "autocomplete": "off"}),
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("What about it?"),
        choices=[
            (PersonSkill.Direction.OFFERS, gettext_lazy("I can help others with it")),
            (PersonSkill.Direction.WANTS, gettext_lazy("I want to learn it")),
        ],
        widget=forms.RadioSelect,
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("How far are you?"),
        choices=list(LEVELS.items()),
        coerce=int,
        initial=3,
    )


class AccessForm(Form):
    """What an account may do; for administrators."""

    is_guest = forms.BooleanField(
        label=gettext_lazy("Guest"),
        required=False,
        help_text=gettext_lazy("From outside: sees only the communities they are a member of"),
    )
    reads_everything = forms.BooleanField(
        label=gettext_lazy("May read everything"),
        required=False,
        help_text=gettext_lazy("Also private communities; needed to work in the administration"),
    )
    is_administrator = forms.BooleanField(
        label=gettext_lazy("Administrator"),
        required=False,
        help_text=gettext_lazy("Runs the site: invites, edits and closes accounts"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("is_guest") and (values.get("is_administrator") or values.get("reads_everything")):
            raise forms.ValidationError(
                _("A guest cannot run the site or read everything. Choose one of the two.")
            )
        return values


class TeamForm(Form):
    name = forms.CharField(label=gettext_lazy("Name of the team"), max_length=120)
    parent = forms.ModelChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Part of"),
        required=False,
        empty_label=gettext_lazy("the whole organisation"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = Team.objects.order_by("path")
        parent.label_from_instance = lambda team: "\u2003" * (team.depth - 1) + team.name

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if "/" in name:
            raise forms.ValidationError(
                _("Leave out the slash: it separates teams when people are imported.")
            )
        return name
