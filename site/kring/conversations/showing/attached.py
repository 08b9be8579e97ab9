"""The files of comments."""

from collections.abc import Iterable

from ..models import Attachment, Comment


def attached_to(comments: Iterable[Comment]) -> dict[int, list[Attachment]]:
    """Primary key of a comment to its files. One query for any number of comments."""
    found: dict[int, list[Attachment]] = {comment.pk: [] for comment in comments}
    for row in Attachment.objects.filter(comment__in=list(found)):
        found[row.comment_id].append(row)  # type: ignore[index]
    return found
