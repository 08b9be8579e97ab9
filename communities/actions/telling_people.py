"""Who hears that somebody asks, is invited, let in or given a role; and of what becomes of the community."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User
from kring.ui.richtext.text import to_text

from ..models import CommunityPage, Invite, JoinRequest, Membership
from ..permissions import can_read_community


def tell_added(community: CommunityPage, user: User, *, by: User) -> None:
    _tell("community.added", community, [user], by, excerpt=to_text(community.welcome))


def tell_role(community: CommunityPage, user: User, role: str, *, by: User) -> None:
    _tell("community.role", community, [user], by, role=str(role))


def tell_of_request(request: JoinRequest) -> None:
    """Those who look after the community, as far as they want to hear anything."""
    rows = Membership.objects.active().filter(
        community=request.community, role__in=[Membership.Role.LEAD, Membership.Role.MODERATOR]
    )
    people = [row.user for row in rows.exclude(level=Membership.Level.NONE).select_related("user")]
    _tell(
        "community.request",
        request.community,
        people,
        request.user,
        url=reverse("community_members", args=[request.community_id]) + "#asking",
        once=_key(request),
        reason="lead",
        excerpt=request.message,
    )


def request_is_settled(request: JoinRequest) -> None:
    """Nobody needs to look at it any more."""
    told = Notification.objects.filter(kind="community.request", dedupe_key=_key(request))
    told.unread().update(read_at=timezone.now())


def tell_let_in(request: JoinRequest, *, by: User) -> None:
    words = [request.answer, to_text(request.community.welcome)]
    _tell("community.let_in", request.community, [request.user], by, excerpt="\n\n".join(filter(None, words)))


def tell_declined(request: JoinRequest, *, by: User) -> None:
    """To who asked, also where they do not read the community: they know of it."""
    community, user = request.community, request.user
    there = community.get_absolute_url() if can_read_community(user, community) else reverse("communities")
    with translation.override(user.language or settings.LANGUAGE_CODE):
        answer = request.answer_read
    _tell("community.declined", community, [user], by, url=there, audience="", excerpt=answer)


def tell_invited(invitation: Invite) -> None:
    """The person needs no right to read: the row goes when the invitation is answered."""
    community = invitation.community
    _tell(
        "community.invited",
        community,
        [invitation.user],
        invitation.by,
        url=reverse("community_invitation", args=[community.pk]),
        audience="",
        group=_key(invitation),
        excerpt=invitation.message,
    )


def invitation_is_settled(invitation: Invite) -> None:
    Notification.objects.filter(
        kind="community.invited", recipient=invitation.user_id, group_key=_key(invitation)
    ).delete()


def tell_accepted_invite(invitation: Invite) -> None:
    if invitation.by:
        _tell("community.accepted", invitation.community, [invitation.by], invitation.user)


def tell_archived(community: CommunityPage, *, by: User) -> None:
    """Those who look after it with the one who archived it."""
    rows = Membership.objects.active().filter(community=community).exclude(role=Membership.Role.MEMBER)
    _tell(
        "community.archived",
        community,
        [row.user for row in rows.select_related("user")],
        by,
        reason="lead",
    )


def tell_merged(
    source: CommunityPage, target: CommunityPage, moved: list[int], others: list[int], *, by: User
) -> None:
    """Members who hear what matters. Who could not see a private one is not told what it was called."""
    loud = [Membership.Level.ALL, Membership.Level.IMPORTANT]
    rows = Membership.objects.active().filter(community=target, level__in=loud).select_related("user")
    hidden = source.openness == CommunityPage.Openness.PRIVATE
    for people, name in ((moved, source.title), (others, "" if hidden else source.title)):
        told = [row.user for row in rows if row.user_id in set(people)]
        _tell("community.merged", target, told, by, other=name)


def _key(row: JoinRequest | Invite) -> str:
    return f"{type(row).__name__.lower()}:{row.pk}"


def _tell(
    kind: str,
    community: CommunityPage,
    people: list[User],
    actor: User | None,
    *,
    url: str = "",
    audience: str | None = None,
    group: str = "",
    once: str = "",
    **data: Any,
) -> None:
    notify(
        kind=kind,
        recipients=people,
        actor=actor,
        title=community.title,
        url=url or community.get_absolute_url(),
        audience=community.audience if audience is None else audience,
        group_key=group or f"community:{community.pk}",
        dedupe_key=once,
        data={"language": community.language, **data},
    )


def _words(row: Notification) -> dict[str, str]:
    return {"name": row.actor.name if row.actor else _("Somebody"), "title": row.title}


def _added(row: Notification) -> str:
    return _("%(name)s made you a member of %(title)s") % _words(row)


def _role(row: Notification) -> str:
    if row.data.get("role") == Membership.Role.LEAD:
        return _("%(name)s asked you to lead %(title)s") % _words(row)
    return _("%(name)s made you a moderator of %(title)s") % _words(row)


def _request(row: Notification) -> str:
    return _("%(name)s asks to be let in to %(title)s") % _words(row)


def _let_in(row: Notification) -> str:
    return _("%(name)s let you in to %(title)s") % _words(row)


def _declined(row: Notification) -> str:
    return _("%(name)s did not let you in to %(title)s") % _words(row)


def _invited(row: Notification) -> str:
    return _("%(name)s invites you to %(title)s") % _words(row)


def _accepted(row: Notification) -> str:
    return _("%(name)s accepted your invitation to %(title)s") % _words(row)


def _archived(row: Notification) -> str:
    return _("%(name)s archived %(title)s") % _words(row)


def _merged(row: Notification) -> str:
    words = _words(row) | {"other": row.data.get("other", "")}
    if not words["other"]:
        return _("%(name)s merged another community into %(title)s") % words
    return _("%(name)s merged %(other)s into %(title)s") % words


def register_kinds_of_people() -> None:
    mine, yours = gettext_lazy("Your communities"), gettext_lazy("because it is about you")
    for name, sentence in (
        ("community.added", _added),
        ("community.role", _role),
        ("community.let_in", _let_in),
        ("community.declined", _declined),
        ("community.invited", _invited),
        ("community.accepted", _accepted),
        ("community.archived", _archived),
    ):
        register_kind(name, sentence, mine, group="community", why=yours)
    belong = gettext_lazy("because you belong to it")
    register_kind("community.merged", _merged, mine, group="community", why=belong)
    asking = gettext_lazy("People who ask to be let in")
    register_kind("community.request", _request, asking, group="community.request")
