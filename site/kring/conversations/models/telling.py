"""What people are still to be told of."""

from django.db import models

from .comment import Comment


class Telling(models.Model):
    """A comment that was shown and of which nobody was told yet: written with it, gone once that is done."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="+")
    answers = models.ForeignKey(
        Comment,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="what it replies to; a reply to a reply stands below the same comment as that",
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"of comment {self.comment_id}"
