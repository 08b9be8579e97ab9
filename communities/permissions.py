"""Who may read, post and moderate in a community. The table: docs/architecture.md."""

from collections.abc import Iterable
from typing import Any

from kring.conversations.models import Comment, Conversation
from kring.conversations.permissions import holds_seal
from kring.people.models import User
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
    # Not by __dict__: a request's user is a lazy object around the real one.
    if hasattr(user, "_roles"):
        del user._roles


def can_read_community(user: Any, community: CommunityPage) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    if reads_everything(user) or role_in(user, community):
        return True
    return not user.is_guest and community.openness != CommunityPage.Openness.PRIVATE


def place_now(user: Any, pk: int) -> CommunityPage | None:
    """What the community with this number became part of, as far as this person reads that."""
    old = CommunityPage.objects.filter(pk=pk, live=False).select_related("merged_into").first()
    found = old.merged_into if old else None
    return found if found and found.live and can_read_community(user, found) else None


def can_post_in(user: Any, community: CommunityPage) -> bool:
    """In an open community all staff post; elsewhere its members, guests among them.

    Nobody posts in an archived one.
    """
    if community.archived_at or not can_read_community(user, community):
        return False
    if role_in(user, community) or is_administrator(user):
        return True
    return not user.is_guest and community.openness == CommunityPage.Openness.OPEN


def can_moderate(user: Any, community: CommunityPage) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    return is_administrator(user) or role_in(user, community) in {"moderator", "lead"}


def moderates_anything(user: Any) -> bool:
    """Whether there is a community that this person looks after."""
    if not (user.is_authenticated and user.is_active):
        return False
    if is_administrator(user):
        return True
    role_in(user, CommunityPage())
    return bool({"moderator", "lead"} & set(user._roles.values()))


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
        and not community.archived_at
    )


def can_ask_in(user: Any, community: CommunityPage) -> bool:
    """Staff ask to be let in where everybody reads and members write; a private one can't be asked."""
    return (
        can_read_community(user, community)
        and not user.is_guest
        and community.openness == CommunityPage.Openness.ON_REQUEST
        and not role_in(user, community)
        and not community.archived_at
    )


def can_let_in(user: Any, community: CommunityPage) -> bool:
    """Answer those who ask, and invite people who are in as soon as they accept."""
    return can_moderate(user, community) and not community.archived_at


def can_invite(user: Any, community: CommunityPage) -> bool:
    """Every member who is no guest. Guests are invited by leads alone."""
    if can_let_in(user, community):
        return True
    return can_post_in(user, community) and not user.is_guest and bool(role_in(user, community))


def can_hand_over(user: Any, community: CommunityPage) -> bool:
    return can_lead(user, community) and role_in(user, community) == Membership.Role.LEAD


def can_merge(user: Any, community: CommunityPage, into: CommunityPage) -> bool:
    """Who leads both, and administrators."""
    return community.pk != into.pk and can_lead(user, community) and can_lead(user, into)


def can_found_community(user: Any) -> bool:
    return user.is_authenticated and is_administrator(user)


def can_announce_in(user: Any, community: CommunityPage) -> bool:
    return can_moderate(user, community) and not community.archived_at


def can_post_anywhere(user: Any) -> bool:
    return CommunityPage.objects.open_to_posts_by(user).exists()


def people_met_by(user: Any) -> Any:
    """Primary keys of the people in this user's communities: a guest meets nobody else."""
    mine = Membership.objects.filter(user=user).values("community")
    return Membership.objects.filter(community__in=mine).values("user")


def audiences_of(user: Any) -> list[str]:
    """The audience tokens of every community this user may read."""
    return [f"c:{pk}" for pk in CommunityPage.objects.visible_to(user).values_list("pk", flat=True)]


def readers_among(community: CommunityPage, people: Iterable[User]) -> dict[User, str]:
    """Those of these people who may read the community, each with their membership's level or "".

    One query for any number of them; administrators and the like are looked at one by one.
    """
    wanted = [user for user in people if user.is_active]
    rows = Membership.objects.filter(community=community, user__in=wanted)
    levels = dict(rows.values_list("user_id", "level"))
    is_private = community.openness == CommunityPage.Openness.PRIVATE
    return {
        user: levels.get(user.pk, "")
        for user in wanted
        if user.pk in levels or not (user.is_guest or is_private) or reads_everything(user)
    }


def can_read_discussion(user: Any, discussion: Discussion) -> bool:
    """Not one that was removed; one that is held its author, and who looks after the community."""
    if discussion.removed_at or not can_read_community(user, discussion.community):
        return False
    return not discussion.held_for or began(user, discussion) or can_moderate(user, discussion.community)


def readers_of(discussion: Discussion, people: Iterable[User]) -> list[User]:
    """Those of these people who may read it; nobody is meant to read what is held or removed."""
    return list(readers_among(discussion.community, people)) if discussion.is_standing else []


def began(user: Any, discussion: Discussion) -> bool:
    """Whether they began it, under their name or without it."""
    if discussion.is_anonymous:
        return holds_seal(user, discussion)
    return discussion.author_id is not None and discussion.author_id == user.pk


def shown_as(user: Any, discussion: Discussion) -> Any:
    """Who is said to have done something with it: nobody, for whoever began it anonymously."""
    return None if discussion.is_anonymous and holds_seal(user, discussion) else user


def can_edit_discussion(user: Any, discussion: Discussion) -> bool:
    if discussion.removed_at or not can_post_in(user, discussion.community):
        return False
    return began(user, discussion) or can_moderate(user, discussion.community)


def can_take_back(user: Any, discussion: Discussion) -> bool:
    """Their own, as long as nobody else has something in it that would go too."""
    if discussion.removed_at or discussion.merged_into_id or not began(user, discussion):
        return False
    if not can_read_community(user, discussion.community):
        return False
    said = Comment.objects.filter(conversation__in=Conversation.objects.about(discussion), is_removed=False)
    return not said.exists()


def can_accept_answer(user: Any, discussion: Discussion) -> bool:
    if discussion.kind != Discussion.Kind.QUESTION or not discussion.is_standing:
        return False
    return can_edit_discussion(user, discussion)


def can_reopen(user: Any, discussion: Discussion) -> bool:
    """Who chose what helped may say that it did not."""
    return discussion.accepted_id is not None and can_accept_answer(user, discussion)


def can_say_solved_too(user: Any, discussion: Discussion) -> bool:
    """Readers other than the asker, as long as it is solved."""
    if discussion.accepted_id is None or not discussion.is_standing:
        return False
    return can_read_discussion(user, discussion) and not began(user, discussion)


def can_post_on_discussion(user: Any, discussion: Discussion) -> bool:
    """Neither where it went on elsewhere or is not shown, nor in a live room that is over."""
    if not discussion.is_standing or discussion.is_over:
        return False
    return can_post_in(user, discussion.community)


def can_move_to(user: Any, discussion: Discussion, community: CommunityPage) -> bool:
    """To another community that they look after too."""
    if community.pk == discussion.community_id or not community.live or community.archived_at:
        return False
    return can_look_after(user, discussion) and can_moderate(user, community)


def can_merge_into(duplicate: Discussion, other: Discussion) -> bool:
    """Two questions of one community: whoever reads the one reads the other."""
    kinds = {duplicate.kind, other.kind}
    if duplicate.pk == other.pk or not duplicate.is_standing or not other.is_standing:
        return False
    return kinds == {Discussion.Kind.QUESTION} and duplicate.community_id == other.community_id


def can_look_after(user: Any, discussion: Discussion) -> bool:
    """Pin, close, move, merge, split and remove it."""
    return discussion.is_standing and can_moderate(user, discussion.community)


def can_have_coffee(user: Any) -> bool:
    """Staff alone: a guest meets nobody outside their communities."""
    return bool(user.is_authenticated and user.is_active and not user.is_guest)
