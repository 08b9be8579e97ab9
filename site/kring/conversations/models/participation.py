"""What people do with what is said: react, mention, follow, keep, read on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.ui.richtext.fields import RichTextField

from ..querysets import ReactionQuerySet
from .comment import Comment, Conversation


class Reaction(models.Model):
    """One of a few that mean something, once a person: to a comment, or (without one) to the thing itself."""

    class Kind(models.TextChoices):
        THANKS = "thanks", _("thanks")
        AGREE = "agree", _("I agree")
        SAME = "same", _("same here")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reactions")
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="reactions"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user", "kind"], name="one_reaction"),
            models.UniqueConstraint(
                fields=["conversation", "user", "kind"],
                condition=models.Q(comment=None),
                name="one_reaction_to_the_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.conversation_id}:{self.comment_id}"


class CommentRevision(models.Model):
    """How a comment read before it was edited."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    body = RichTextField()
    until = models.DateTimeField(default=timezone.now, help_text="when it was replaced")

    class Meta:
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"comment {self.comment_id} until {self.until}"


class Mention(models.Model):
    """Somebody who may read the comment was named in it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="one_mention")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.comment_id}"


class Following(models.Model):
    """Somebody wants to hear what is said, or nothing of it any more."""

    class State(models.TextChoices):
        FOLLOW = "follow", _("tell me")
        MUTE = "mute", _("tell me nothing")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="followings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings")
    state = models.CharField(max_length=6, choices=State.choices, default=State.FOLLOW)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "user"], name="one_following")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state} {self.conversation_id}"


class Bookmark(models.Model):
    """Something a person wants to find again: the thing itself, or one comment on it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="bookmarks")
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="bookmarks"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "comment"], name="one_bookmark"),
            models.UniqueConstraint(
                fields=["user", "conversation"],
                condition=models.Q(comment=None),
                name="one_bookmark_of_the_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} keeps {self.conversation_id}:{self.comment_id}"


class ReadMark(models.Model):
    """How far a person has read: everything up to the conversation's `seq` of that moment."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="read_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks")
    seq = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "user"], name="one_read_mark")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.conversation_id} up to {self.seq}"
