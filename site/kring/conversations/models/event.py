"""What happened in a conversation, numbered: from here a reader who missed something catches up."""

from django.db import models
from django.utils import timezone

from .comment import Comment, Conversation


class ConversationEvent(models.Model):
    """One for each `seq` of a conversation since it is counted; imported talk has none.

    It says what changed and not how it was then: whoever catches up is shown the comment as it is now.
    """

    class Kind(models.TextChoices):
        POSTED = "posted"
        EDITED = "edited"
        REMOVED = "removed"
        RESTORED = "restored"
        REACTED = "reacted"
        ACCEPTED = "accepted"
        PACED = "paced"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="events"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["conversation", "seq"]
        constraints = [models.UniqueConstraint(fields=["conversation", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.conversation_id}:{self.seq}"
