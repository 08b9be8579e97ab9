"""One row a recipient: what they should know, and why it came."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .kinds import REASONS, Kind, kind_of
from .querysets import NotificationQuerySet, PreferenceQuerySet, QuietHoursQuerySet


class Notification(models.Model):
    """A message in a person's inbox. `kind` names its wording (see kinds.py), `data` fills it in.

    `audience` is the token that the thing behind it wants: who lost it no longer sees the row.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=255, help_text=_("title of the thing it is about"))
    data = models.JSONField(default=dict, blank=True)
    audience = models.CharField(max_length=40, blank=True)
    group_key = models.CharField(max_length=80, blank=True, help_text="equal for one thing: lesson:12")
    dedupe_key = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "read_at", "-created_at"], name="inbox")]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "dedupe_key"],
                condition=~models.Q(dedupe_key=""),
                name="notification_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"

    @property
    def sentence(self) -> str:
        """Who did what, in the active language; the thing's title where the kind is not known any more."""
        kind = kind_of(self.kind)
        return kind.sentence(self) if kind else self.title

    @property
    def group(self) -> str:
        """What the recipient chooses delivery for."""
        kind = kind_of(self.kind)
        return kind.group if kind else self.kind

    @property
    def usual_delivery(self) -> str:
        """How it is mailed to those who chose nothing."""
        return NotificationPreference.usual(kind_of(self.kind))

    @property
    def why(self) -> str:
        """Why it came, or an empty string."""
        kind = kind_of(self.kind)
        return str(REASONS.get(self.data.get("reason", ""), kind.why if kind else ""))

    def same_thing(self) -> models.QuerySet["Notification"]:
        """This row, and the recipient's earlier rows about the same thing."""
        mine = Notification.objects.filter(recipient=self.recipient_id)
        if not self.group_key:
            return mine.filter(pk=self.pk)
        return mine.filter(group_key=self.group_key, created_at__lte=self.created_at)

    @property
    def open_url(self) -> str:
        """Marks it read and leads to the thing."""
        return reverse("notification", args=[self.pk])


class NotificationPreference(models.Model):
    """How a person wants one group of notifications mailed; without a row, as its kind says."""

    class Delivery(models.TextChoices):
        NOW = "now", _("at once")
        DAILY = "daily", _("together, once a day")
        NONE = "none", _("not by mail")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    group = models.CharField(max_length=40)
    delivery = models.CharField(max_length=5, choices=Delivery.choices)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="one_preference")]

    def __str__(self) -> str:
        return f"{self.group} {self.delivery} for {self.user_id}"

    @classmethod
    def usual(cls, kind: Kind | None) -> str:
        return cls.Delivery.NOW if kind and kind.email else cls.Delivery.NONE


class QuietHours(models.Model):
    """When a person gets no mail: between two times of their own zone, at weekends. It comes afterwards."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours"
    )
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)
    weekends = models.BooleanField(_("not at weekends"), default=False)

    objects = QuietHoursQuerySet.as_manager()

    def __str__(self) -> str:
        return f"quiet hours of {self.user_id}"

    def covers(self, moment: datetime) -> bool:
        """Whether it is quiet at this moment, which is aware."""
        return self._is_quiet(self._local(moment))

    def over_at(self, moment: datetime) -> datetime:
        """When mail may come again: the moment itself where it is not quiet."""
        local = self._local(moment)
        if not self._is_quiet(local):
            return moment
        while self._is_quiet(local):
            local = self._later(local)
        return local.replace(tzinfo=self._zone())

    def _is_quiet(self, local: datetime) -> bool:
        return self._is_weekend(local) or self._is_night(local.time())

    def _is_weekend(self, local: datetime) -> bool:
        return self.weekends and local.weekday() >= 5

    def _is_night(self, clock: time) -> bool:
        if self.begins is None or self.ends is None:
            return False
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def _later(self, local: datetime) -> datetime:
        """The end of the weekend's day or of the night in which this is."""
        midnight = datetime.combine(local.date() + timedelta(days=1), time())
        if self._is_weekend(local) or self.ends is None:
            return midnight
        today = datetime.combine(local.date(), self.ends)
        return today if today > local else today + timedelta(days=1)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone()).replace(tzinfo=None)

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.user.time_zone or settings.TIME_ZONE)
