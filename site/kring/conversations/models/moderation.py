"""Reports, what moderators decided, and appeals against it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.ui.ready import as_read


class Report(models.Model):
    """Somebody thinks that a moderator should look at this: a comment, or a thing that is talked about."""

    class Reason(models.TextChoices):
        UNKIND = "unkind", _("It is unkind")
        PRIVATE = "private", _("It says something about somebody that should not be here")
        ADVERTISING = "advertising", _("It is advertising")
        WRONG = "wrong", _("It is wrong, and following it does harm")
        ELSEWHERE = "elsewhere", _("It belongs somewhere else")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("waits")
        UPHELD = "upheld", _("something was done")
        DISMISSED = "dismissed", _("nothing was wrong")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    audience = models.CharField(max_length=40, help_text="the token of where it stands: c:12")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports_made"
    )
    reason = models.CharField(max_length=12, choices=Reason.choices)
    text = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["audience", "state", "created_at"], name="reports_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "reporter"],
                condition=models.Q(state="open"),
                name="one_open_report",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.content_type_id}:{self.object_id}"


class Decision(models.Model):
    """What a moderator did, with what is needed to undo it: the audit trail.

    `verb` is a key of an undoing that its app registers; `data` is for that. `affected` is whose thing it
    was; it is empty for anonymous ones, where `is_sealed` says that the seal leads to them.
    """

    audience = models.CharField(max_length=40)
    verb = models.CharField(max_length=30)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    title = models.CharField(max_length=255, blank=True, help_text="of the thing, as it was called then")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    affected = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=1000, blank=True, help_text="what the affected person is told")
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    is_sealed = models.BooleanField(default=False, help_text="it is about somebody who wrote anonymously")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["audience", "-at"], name="decisions_lately")]

    def __str__(self) -> str:
        return f"{self.verb} {self.content_type_id}:{self.object_id}"

    @property
    def why(self) -> str:
        """The reason, in the reader's language where it is one that the site had ready."""
        return as_read(self.reason)


class Appeal(models.Model):
    """The affected person asks another moderator to look again; once a decision.

    `by` is empty where they wrote it anonymously.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits")
        GRANTED = "granted", _("undone")
        REFUSED = "refused", _("it stays")

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="appeals"
    )
    text = models.CharField(max_length=1000)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"appeal against {self.decision_id}"
