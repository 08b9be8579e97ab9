"""Files and images that people add to what they say."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string

from .comment import Comment, Conversation


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Below the conversation's number, whose readers may fetch it, under a name nobody can guess."""
    suffix = filename.rsplit(".", 1)[-1].lower() if "." in filename else "bin"
    return f"conversations/{attachment.conversation_id}/{get_random_string(20)}.{suffix[:8]}"


class Attachment(models.Model):
    """A file of a conversation. Until its comment is posted (`comment` empty) only its owner may fetch it.

    Anonymous ones have no owner from the moment they are posted.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="attachments")
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.FileField(upload_to=attachment_path, max_length=200)
    name = models.CharField(max_length=200, help_text="as it was called where it came from")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    width = models.PositiveIntegerField(null=True, blank=True, help_text="pixels, of an image")
    height = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.width is not None

    @property
    def url(self) -> str:
        return str(self.file.url)
