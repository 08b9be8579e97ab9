"""Who wrote something anonymously, sealed: kept so that moderators can write to them blind and stop abuse."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .comment import Comment

HOLDER_SALT = "kring.conversations.seal"


def holders_of(user: Any) -> list[str]:
    """What stands on the seals of this person, by the site's secret and by those it had before."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(HOLDER_SALT, str(user.pk), secret, algorithm="sha256").hexdigest() for secret in secrets
    ]


class SealQuerySet(models.QuerySet):
    def about(self, thing: models.Model) -> "SealQuerySet":
        """The seal of this thing: none or one."""
        content_type = ContentType.objects.get_for_model(thing)
        return self.filter(content_type=content_type, object_id=thing.pk)

    def held_by(self, user: Any) -> "SealQuerySet":
        return self.filter(holder__in=holders_of(user))

    def of_comments(self, conversation: Any = None) -> "SealQuerySet":
        """Those of comments, of one conversation or anywhere."""
        found = self.filter(content_type=ContentType.objects.get_for_model(Comment))
        if conversation is None:
            return found
        said = Comment.objects.filter(conversation=conversation, is_anonymous=True).order_by()
        return found.filter(object_id__in=said.values("pk"))


class Seal(models.Model):
    """Whose an anonymous thing is. Without the site's secret nothing here leads to a person.

    `holder` is the same for all that one person wrote anonymously, a keyed hash; `sealed` is the person,
    encrypted. Nothing shows either: see actions.sealing.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey("content_type", "object_id")
    audience = models.CharField(max_length=40)
    holder = models.CharField(max_length=64, db_index=True)
    sealed = models.CharField(max_length=255)

    objects = SealQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_seal")]

    def __str__(self) -> str:
        return f"seal of {self.content_type_id}:{self.object_id}"


class SealBlock(models.Model):
    """Whoever this is writes nothing anonymously there until then."""

    audience = models.CharField(max_length=40)
    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "holder"], name="one_seal_block")]

    def __str__(self) -> str:
        return f"block in {self.audience}"


class SealOpening(models.Model):
    """One lead asks to know who wrote it, another agrees; the person is told. Never deleted."""

    seal = models.ForeignKey(Seal, on_delete=models.CASCADE, related_name="openings")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"opening of seal {self.seal_id}"


class BlindMessage(models.Model):
    """A letter between moderators and whoever wrote an anonymous thing. `by` is empty when it is theirs."""

    seal = models.ForeignKey(Seal, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    from_author = models.BooleanField(default=False)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"letter about seal {self.seal_id}"
