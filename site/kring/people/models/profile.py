"""What colleagues read about a person."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from kring.indexing.indexed import Indexed
from kring.ui.richtext.fields import RichTextField

from .team import Team

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def picture_path(profile: "Profile", filename: str) -> str:
    """A name nobody can guess, new for each picture: browsers keep the old one for an hour."""
    suffix = filename.rsplit(".", 1)[-1].lower()
    return f"people/{profile.user_id}/{get_random_string(16)}.{suffix}"


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

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone, else the site's."""
        return ZoneInfo(self.user.time_zone or settings.TIME_ZONE)

    def works_at(self, moment: datetime) -> bool | None:
        """Whether the moment falls in the working hours; None when no hours are given."""
        if not self.working_hours:
            return None
        local = moment.astimezone(self.zone)
        hours = self.working_hours.get(DAYS[local.weekday()])
        return bool(hours) and hours[0] <= f"{local:%H:%M}" < hours[1]

    def index_things(self) -> list[tuple[str, int]]:
        return [("person", self.user_id)]
