"""What colleagues read about a person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.indexing.indexed import Indexed
from kring.ui.richtext.fields import RichTextField

from .team import Team


def picture_path(profile: "Profile", filename: str) -> str:
    suffix = filename.rsplit(".", 1)[-1].lower()
    return f"people/{profile.user_id}.{suffix}"


class Profile(Indexed, models.Model):
    """One row a user, made with the account."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    headline = models.CharField(_("headline"), max_length=160, blank=True)
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="profiles",
        verbose_name=_("team"),
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
        verbose_name=_("manager"),
    )
    location = models.CharField(_("location"), max_length=120, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True, help_text="ISO 639-1 codes")
    working_hours = models.JSONField(
        _("working hours"), default=dict, blank=True, help_text='{"mon": ["09:00", "17:00"]} in the own zone'
    )
    about = RichTextField(_("about"), blank=True)
    picture = models.ImageField(_("picture"), upload_to=picture_path, blank=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return f"profile of {self.user_id}"

    def index_things(self) -> list[tuple[str, int]]:
        return [("person", self.user_id)]
