"""What this app holds of a person: given to them, or taken out of it."""

from typing import Any

from django.db import transaction

from kring.indexing.registry import record_changes
from kring.people.models import User

from ..models import CommunityPage, Discussion, Invite, JoinRequest, Membership
from .coffee import coffees_of, erase_coffees
from .holdings_of_talk import erase_part_taken, part_taken_by
from .mentioning import forget_mentions
from .pinning_people import forget_pins
from .states import state_of


def holdings_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Where the person belongs, and every question and discussion they began.

    What a place they may no longer read is called by now, and where it stands, is left out.
    """
    readable = set(Discussion.objects.visible_to(user).values_list("pk", flat=True))
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
        **coming_in_of(user),
        **part_taken_by(user),
        **coffees_of(user),
        "discussions": [
            {
                "kind": row.kind,
                "title": row.title,
                "text": row.body,
                "url": row.get_absolute_url() if row.pk in readable else "",
                "created_at": row.created_at,
                "edited_at": row.edited_at,
            }
            for row in discussions
        ],
    }


def coming_in_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Where they asked to be let in, where they were invited, and whom they invited."""
    names = dict(CommunityPage.objects.visible_to(user).values_list("pk", "title"))
    requests = JoinRequest.objects.filter(user=user)
    invites = Invite.objects.filter(user=user).select_related("community")
    made = Invite.objects.filter(by=user).select_related("user")
    return {
        "requests": [
            {
                "community": names.get(row.community_id, ""),
                "message": row.message,
                "state": row.state,
                "answer": row.answer,
                "created_at": row.created_at,
            }
            for row in requests
        ],
        "invitations": [
            {
                "community": row.community.title
                if row.state == Invite.State.OPEN
                else names.get(row.community_id, ""),
                "state": row.state,
                "created_at": row.created_at,
            }
            for row in invites
        ],
        "invited": [
            {"community": names.get(row.community_id, ""), "person": row.user.name, "message": row.message}
            for row in made
        ],
    }


@transaction.atomic
def erase_participation(user: User) -> None:
    """Memberships, requests and invitations go; questions and discussions stay, without the person's name."""
    memberships = Membership.objects.filter(user=user)
    communities = list(memberships.values_list("community_id", flat=True))
    for row in memberships:
        row.delete()
    JoinRequest.objects.filter(user=user).delete()
    Invite.objects.filter(user=user).delete()
    Invite.objects.filter(by=user).update(by=None, message="")
    JoinRequest.objects.filter(answered_by=user).update(answered_by=None)
    for discussion in Discussion.objects.filter(author=user):
        discussion.author = None
        discussion.save(update_fields=["author"])
        # Whose word it was is not known any more.
        discussion.state = state_of(discussion)
        discussion.save(update_fields=["state"])
    forget_mentions(user)
    erase_part_taken(user)
    erase_coffees(user)
    forget_pins(user)
    CommunityPage.objects.filter(owner=user).update(owner=None)
    record_changes([*(("community", pk) for pk in communities), ("person", user.pk)])
