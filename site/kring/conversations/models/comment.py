"""A conversation hangs on anything that can be talked about; its comments extend django-comments-xtd."""

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment

from kring.indexing.indexed import Indexed
from kring.indexing.registry import kinds_of
from kring.ui.richtext.fields import RichTextField

from ..querysets import CommentManager, ConversationQuerySet


def alias_named(number: int) -> str:
    """The first is simply anonymous; others are told apart by numbers."""
    return gettext("Anonymous") if number < 2 else gettext("Anonymous %(number)d") % {"number": number}


class Conversation(models.Model):  # type: ignore[django-manager-missing]
    """The talk about one target. `seq` counts every comment and later change, one by one."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    seq = models.PositiveBigIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0, help_text="public and not removed")
    locked = models.BooleanField(_("locked"), default=False)
    slow_mode_seconds = models.PositiveIntegerField(_("slow mode"), default=0)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_conversation")]

    def __str__(self) -> str:
        return f"conversation on {self.content_type_id}:{self.object_id}"


class Rooted:
    """Stands before XtdComment, which writes a new comment twice to say that it begins a thread."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        comment: Any = self
        if comment.pk is not None or comment.parent_id:
            super().save(*args, **kwargs)  # type: ignore[misc]
            return
        super(XtdComment, comment).save(*args, **kwargs)  # type: ignore[misc]
        comment.parent_id = comment.thread_id = comment.pk
        XtdComment.norel_objects.filter(pk=comment.pk).update(parent_id=comment.pk, thread_id=comment.pk)


class Comment(Indexed, Rooted, XtdComment):
    """A comment or an answer; one level of replies. `comment` (inherited) keeps the plain text of `body`.

    Imported ones have no user: `user_name`, `source_url` and `licence` say whose they are.
    """

    class Kind(models.TextChoices):
        COMMENT = "comment", _("comment")
        ANSWER = "answer", _("answer")

    # The accessor's default name would clash with the inherited field `comment`.
    xtdcomment_ptr = models.OneToOneField(
        XtdComment, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="kring_comment"
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.COMMENT)
    body = RichTextField(_("text"))
    seq = models.PositiveBigIntegerField(help_text="the conversation's seq when it was posted")
    score = models.IntegerField(default=0, help_text="votes it brought along when imported")
    sending = models.CharField(
        max_length=64,
        null=True,
        editable=False,
        help_text="hash of author and sending: twice sent, once posted",
    )
    is_anonymous = models.BooleanField(
        default=False, help_text="it has no user; a Seal knows whose it is, and says so to nobody"
    )
    alias = models.PositiveSmallIntegerField(
        default=0, help_text="which of the conversation's anonymous people it is, from 1"
    )
    held_for = models.CharField(
        max_length=20, blank=True, help_text="why a moderator looks at it first: a key of HELD_FOR"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    source_id = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    source_url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=120, blank=True)

    objects = CommentManager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="comment_seq_once"),
            models.UniqueConstraint(
                fields=["conversation", "sending"],
                condition=models.Q(sending__isnull=False),
                name="comment_sent_once",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def index_things(self) -> list[tuple[str, int]]:
        """What it is about: comments are found there."""
        about = self.conversation
        model = about.content_type.model_class()
        return [(kind, about.object_id) for kind in kinds_of(model)] if model else []

    @property
    def alias_name(self) -> str:
        """What an anonymous author is called in this conversation."""
        return alias_named(self.alias)

    def get_absolute_url(self, anchor_pattern: str = "#c%(id)s") -> str:
        """The comment on the page of its target; an empty string when the target is gone."""
        target = self.conversation.target
        return self.url_on(target.get_absolute_url()) if target is not None else ""

    def url_on(self, address: str) -> str:
        """The comment on the page with this address; the query finds it on a later page of a long talk."""
        return f"{address}?c={self.pk}#c{self.pk}"
