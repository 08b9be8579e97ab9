"""Who belongs to a community, in which role."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.indexing.indexed import Indexed
from kring.ui.ready import as_read

from ..querysets import MembershipQuerySet
from .community import CommunityPage


class Membership(Indexed, models.Model):
    """A person in a community. `level` says how much they are told."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        MODERATOR = "moderator", _("moderator")
        LEAD = "lead", _("lead")

    class Level(models.TextChoices):
        ALL = "all", _("everything")
        IMPORTANT = "important", _("what matters")
        MINE = "mine", _("only what is about me")
        NONE = "none", _("nothing")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=9, choices=Role.choices, default=Role.MEMBER)
    level = models.CharField(_("notifications"), max_length=9, choices=Level.choices, default=Level.IMPORTANT)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "community"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.community_id}"

    def index_things(self) -> list[tuple[str, int]]:
        return [("person", self.user_id)]


class JoinRequest(models.Model):
    """Somebody asks to be let in."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        ACCEPTED = "accepted", _("let in")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    message = models.CharField(_("message"), max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"],
                condition=models.Q(state="waiting"),
                name="one_waiting_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.community_id}"

    @property
    def answer_read(self) -> str:
        """The answer, in the reader's language where it is one that the site had ready."""
        return as_read(self.answer)


class Invite(models.Model):
    """A member asks a colleague to come in; who may let people in lets them in by it."""

    class State(models.TextChoices):
        OPEN = "open", _("waits")
        ACCEPTED = "accepted", _("came in")
        DECLINED = "declined", _("declined")

    community = models.ForeignKey(CommunityPage, on_delete=models.CASCADE, related_name="invites")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invites")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invites_made"
    )
    message = models.CharField(_("message"), max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="one_invite")]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.community_id}"
