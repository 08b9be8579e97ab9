"""Who hears what of a community, by the level each member chose."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from kring.conversations.actions.telling import follows
from kring.conversations.models import Comment
from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User

from ..models import CommunityPage, Discussion, Membership
from ..permissions import can_join, readers_among

# What a member who chose this level is told besides announcements: reasons of kring.notifications.kinds.
# Who follows one conversation wants to hear that, whatever they chose for the whole.
WANTED: dict[str, set[str]] = {
    Membership.Level.ALL: {
        "replied",
        "asked",
        "author",
        "mentioned",
        "joined_in",
        "follower",
        "member",
        "lead",
    },
    Membership.Level.IMPORTANT: {"replied", "asked", "author", "mentioned", "joined_in", "follower", "lead"},
    Membership.Level.MINE: {"replied", "asked", "author", "mentioned", "follower"},
    Membership.Level.NONE: {"follower"},
}


def keep_listeners(community: CommunityPage, reasons: dict[User, str]) -> dict[User, str]:
    """Those who may read the community and want to hear this; members who want everything are added.

    Who does not belong to it hears what they would as a member who chose nothing.
    """
    everything = Membership.objects.active().filter(community=community, level=Membership.Level.ALL)
    found = dict(reasons)
    for row in everything.select_related("user"):
        found.setdefault(row.user, "member")
    levels = readers_among(community, found)
    return {
        user: found[user] for user, level in levels.items() if found[user] in WANTED[level or "important"]
    }


def tell_of_discussion(discussion: Discussion, *, by: User | None, but: Collection[User] = ()) -> None:
    """An announcement: every member but those who want nothing, or only what is about them.

    Anything else: members who want everything; a question also those who look after the community. `but`
    have been told of it already.
    """
    members = Membership.objects.active().filter(community=discussion.community).select_related("user")
    told: dict[str, list[User]] = {"lead": [], "member": [], "belongs": []}
    for row in members:
        if row.user not in but and (reason := _reason(row, discussion)):
            told[reason].append(row.user)
    kind = f"discussion.{discussion.kind}"
    for reason, people in told.items():
        notify(
            kind=kind,
            recipients=people,
            actor=by,
            title=discussion.title,
            url=discussion.get_absolute_url(),
            audience=discussion.community.audience,
            group_key=f"discussion:{discussion.pk}",
            dedupe_key=f"{kind}:{discussion.pk}",
            data={
                "reason": reason,
                "language": discussion.language,
                "community": discussion.community.title,
            },
        )


@task()
def tell_of_new_discussion(number: int, but: list[int]) -> None:
    """tell_of_discussion() behind whoever began it: a community may have thousands of members."""
    discussion = Discussion.objects.select_related("community", "author").filter(pk=number).first()
    if discussion is not None and discussion.is_standing:
        told = list(User.objects.filter(pk__in=but))
        tell_of_discussion(discussion, by=discussion.author, but=told)


def _reason(row: Membership, discussion: Discussion) -> str:
    if row.level == Membership.Level.ALL:
        return "member"
    if row.level != Membership.Level.IMPORTANT:
        return ""
    if discussion.kind == Discussion.Kind.ANNOUNCEMENT:
        return "belongs"
    looks_after = row.role in {Membership.Role.LEAD, Membership.Role.MODERATOR}
    return "lead" if looks_after and discussion.kind == Discussion.Kind.QUESTION else ""


def tell_accepted(discussion: Discussion, answer: Comment, *, by: User | None) -> None:
    """Tell who wrote the answer that it helped."""
    if answer.user and keep_listeners(discussion.community, {answer.user: "author"}).get(answer.user):
        notify(
            kind="discussion.accepted",
            recipients=[answer.user],
            actor=by,
            title=discussion.title,
            url=answer.url_on(discussion.get_absolute_url()),
            audience=discussion.community.audience,
            group_key=f"discussion:{discussion.pk}",
            dedupe_key=f"accepted:{discussion.pk}:{answer.pk}",
            data={"reason": "author", "language": discussion.language},
        )


def tell_helped(discussion: Discussion, answer: Comment, *, by: User, shown: User | None) -> None:
    """Tell who follows it that an answer helped; `by` says so, and is named as `shown`.

    Whoever wrote that answer anonymously hears of it as one of them: nothing says that it was theirs.
    """
    people = [user for user in follows(answer, discussion) if user not in {by, answer.user}]
    kept = keep_listeners(discussion.community, dict.fromkeys(people, "follower"))
    notify(
        kind="discussion.helped",
        recipients=[user for user in kept if user in people],
        actor=shown,
        title=discussion.title,
        url=answer.url_on(discussion.get_absolute_url()),
        audience=discussion.community.audience,
        group_key=f"discussion:{discussion.pk}",
        dedupe_key=f"helped:{discussion.pk}:{answer.pk}",
        data={"reason": "follower", "language": discussion.language},
    )


def why_not_post(user: User, community: CommunityPage) -> str:
    """Why this person cannot write here, with what they can do about it. Safe HTML."""
    if community.archived_at:
        return _("This community is archived: everything can be read, and nothing is added any more.")
    if can_join(user, community):
        return _("Join the community to write here.")
    leads = [row.user for row in Membership.objects.leads().filter(community=community).with_people()[:3]]
    if not leads:
        return _("Only members write in this community. An administrator can let you in.")
    links = [format_html('<a href="{}">{}</a>', lead.get_absolute_url(), lead.name) for lead in leads]
    names = links[0]
    for link in links[1:]:
        names = format_html("{}, {}", names, link)
    return format_html(_("Only members write in this community. Ask {names} to let you in."), names=names)


def _words(row: Notification) -> dict[str, str]:
    return {
        "name": row.actor.name if row.actor else _("Somebody"),
        "community": row.data.get("community", ""),
        "title": row.title,
    }


def _asked(row: Notification) -> str:
    return _("%(name)s asked a question in %(community)s") % _words(row)


def _began(row: Notification) -> str:
    return _("%(name)s started a discussion in %(community)s") % _words(row)


def _announced(row: Notification) -> str:
    return _("%(name)s announced something in %(community)s") % _words(row)


def _accepted(row: Notification) -> str:
    return _("%(name)s says that your answer helped") % _words(row)


def _helped(row: Notification) -> str:
    return _("%(name)s says that an answer helped") % _words(row)


def register_kinds() -> None:
    new = gettext_lazy("New questions and discussions")
    register_kind("discussion.question", _asked, new, group="discussion.new")
    register_kind("discussion.discussion", _began, new, group="discussion.new")
    register_kind("discussion.announcement", _announced, gettext_lazy("Announcements"))
    other = gettext_lazy("Conversations you take part in")
    follows_it = gettext_lazy("because you follow it")
    register_kind("discussion.helped", _helped, other, email=False, group="comment.other", why=follows_it)
    register_kind(
        "discussion.accepted", _accepted, gettext_lazy("Answers and replies to you"), group="comment.own"
    )
