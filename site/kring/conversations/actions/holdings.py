"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from django.db import transaction

from kring.people.models import User

from ..models import Comment


def holdings_of(user: User) -> list[dict[str, Any]]:
    """Everything the person said and did not remove, with where it stands."""
    rows = Comment.objects.by(user).select_related("conversation").prefetch_related("conversation__target")
    return [
        {
            "kind": row.kind,
            "text": row.body,
            "url": row.get_absolute_url(),
            "posted_at": row.submit_date,
            "edited_at": row.edited_at,
            "removed": row.is_removed,
        }
        for row in rows.in_time()
    ]


@transaction.atomic
def erase_comments(user: User) -> None:
    """What was said stays of use to others; whose words they were is no longer known."""
    rows = list(Comment.objects.by(user))
    for row in rows:
        row.user, row.user_name, row.user_email, row.user_url, row.ip_address = None, "", "", "", None
        row.save(update_fields=["user", "user_name", "user_email", "user_url", "ip_address"])
