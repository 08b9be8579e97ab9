"""Who belongs to a community, in which role."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.indexing.indexed import Indexed

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
