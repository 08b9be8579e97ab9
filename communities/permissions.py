"""Who may read, post and moderate in a community. The table: docs/architecture.md."""

from typing import Any

from kring.people.permissions import is_administrator, reads_everything

from .models import CommunityPage, Discussion, Membership


def role_in(user: Any, community: CommunityPage) -> str:
    """The person's role there, or an empty string; asked once a request for each community."""
    if not user.is_authenticated:
        return ""
    if not hasattr(user, "_roles"):
        user._roles = dict(Membership.objects.filter(user=user).values_list("community_id", "role"))
    return user._roles.get(community.pk, "")


def forget_roles(user: Any) -> None:
    """Drop what role_in() kept, after a membership changed."""
    user.__dict__.pop("_roles", None)


def can_read_community(user: Any, community: CommunityPage) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    if reads_everything(user) or role_in(user, community):
        return True
    return not user.is_guest and community.openness != CommunityPage.Openness.PRIVATE


def can_post_in(user: Any, community: CommunityPage) -> bool:
    """In an open community all staff post; elsewhere its members, guests among them."""
    if not can_read_community(user, community):
        return False
    if role_in(user, community) or is_administrator(user):
        return True
    return not user.is_guest and community.openness == CommunityPage.Openness.OPEN


def can_moderate(user: Any, community: CommunityPage) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    return is_administrator(user) or role_in(user, community) in {"moderator", "lead"}


def can_lead(user: Any, community: CommunityPage) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    return is_administrator(user) or role_in(user, community) == "lead"


def can_join(user: Any, community: CommunityPage) -> bool:
    """Anybody on the staff joins an open community by themselves."""
    return (
        can_read_community(user, community)
        and not user.is_guest
        and community.openness == CommunityPage.Openness.OPEN
        and not role_in(user, community)
    )


def can_read_discussion(user: Any, discussion: Discussion) -> bool:
    return can_read_community(user, discussion.community)


def can_edit_discussion(user: Any, discussion: Discussion) -> bool:
    if not can_post_in(user, discussion.community):
        return False
    return discussion.author_id == user.pk or can_moderate(user, discussion.community)


def can_accept_answer(user: Any, discussion: Discussion) -> bool:
    return discussion.kind == Discussion.Kind.QUESTION and can_edit_discussion(user, discussion)
