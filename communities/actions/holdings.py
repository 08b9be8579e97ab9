"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from django.db import transaction

from kring.indexing.registry import record_changes
from kring.people.models import User

from ..models import CommunityPage, Discussion, Membership


def holdings_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Where the person belongs, and every question and discussion they began."""
    memberships = Membership.objects.filter(user=user).select_related("community").order_by("joined_at", "pk")
    discussions = Discussion.objects.filter(author=user).order_by("created_at", "pk")
    return {
        "memberships": [
            {
                "community": row.community.title,
                "role": row.role,
                "level": row.level,
                "joined_at": row.joined_at,
            }
            for row in memberships
        ],
        "discussions": [
            {
                "kind": row.kind,
                "title": row.title,
                "text": row.body,
                "url": row.get_absolute_url(),
                "created_at": row.created_at,
                "edited_at": row.edited_at,
            }
            for row in discussions
        ],
    }


@transaction.atomic
def erase_participation(user: User) -> None:
    """Memberships go; questions and discussions stay for those who answered, without the person's name."""
    memberships = Membership.objects.filter(user=user)
    communities = list(memberships.values_list("community_id", flat=True))
    for row in memberships:
        row.delete()
    for discussion in Discussion.objects.filter(author=user):
        discussion.author = None
        discussion.save(update_fields=["author"])
    CommunityPage.objects.filter(owner=user).update(owner=None)
    record_changes([*(("community", pk) for pk in communities), ("person", user.pk)])
