"""Who hears of a comment: whom it answers, who wrote the thing, who took part."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User

from ..models import Comment, Following, Seal
from ..permissions import target_of
from .sealing import people_in

MOST_TOLD = 500
# Reason to kind of notification; of any other reason it is comment.other.
KINDS = {
    "replied": "comment.reply",
    "asked": "comment.own",
    "author": "comment.own",
    "mentioned": "comment.mention",
}


def tell_of(comment: Comment, target: Any, *, parent: Comment | None, by: User) -> None:
    """Tell each person once, for the reason that concerns them most.

    Of something anonymous its author `by` is told like everybody else: a gap would tell who it was.
    """
    entry = target_of(target)
    reasons = _reasons(comment, target, parent, asks=entry.asks(target))
    if not comment.is_anonymous:
        reasons.pop(by, None)
    for user in _anonymous_people(comment, target, parent):
        if user != by:
            # As those who follow it: what stands in their inbox does not say that they wrote here.
            reasons.setdefault(user, "follower")
    kept = _without_muted(comment, kept_of(target, reasons))
    by_reason: dict[str, list[User]] = {}
    for user, reason in kept.items():
        by_reason.setdefault(reason, []).append(user)
    for reason, people in by_reason.items():
        _notify(comment, target, reason, people, comment.user, to_parent=parent)


def tell_mentioned(comment: Comment, target: Any, people: list[User]) -> None:
    """Tell those who were mentioned only now, after a change."""
    kept = kept_of(target, dict.fromkeys(people, "mentioned"))
    named = [user for user, reason in kept.items() if reason == "mentioned"]
    if named:
        _notify(comment, target, "mentioned", named, comment.user, to_parent=None, key="mention")


def follows(comment: Comment, target: Any) -> list[User]:
    """Who follows the conversation; and like one of them, who wrote in it anonymously.

    Without those who muted it. The caller asks who may read it.
    """
    rows = comment.conversation.followings.filter(state=Following.State.FOLLOW).select_related("user")
    people = [*(row.user for row in rows[:MOST_TOLD]), *_anonymous_people(comment, target, None)]
    return list(_without_muted(comment, dict.fromkeys(people, "follower")))


def _reasons(comment: Comment, target: Any, parent: Comment | None, *, asks: bool) -> dict[User, str]:
    """Later ones never overrule earlier ones."""
    found: dict[User, str] = {}
    if parent is not None and parent.user:
        found[parent.user] = "replied"
    for author in target_of(target).authors(target):
        found.setdefault(author, "asked" if asks else "author")
    for user in User.objects.filter(mentions__comment=comment):
        found.setdefault(user, "mentioned")
    for user in _took_part(comment, parent):
        found.setdefault(user, "joined_in")
    wanted = Following.State.FOLLOW
    for row in comment.conversation.followings.filter(state=wanted).select_related("user")[:MOST_TOLD]:
        found.setdefault(row.user, "follower")
    return found


def _without_muted(comment: Comment, reasons: dict[User, str]) -> dict[User, str]:
    """Who muted the conversation hears what is meant for them alone."""
    rows = comment.conversation.followings.filter(state=Following.State.MUTE)
    muted = set(rows.values_list("user", flat=True))
    alone = {"replied", "mentioned"}
    return {user: why for user, why in reasons.items() if user.pk not in muted or why in alone}


def _took_part(comment: Comment, parent: Comment | None) -> list[User]:
    """A reply is for those in its thread; what is said first for everybody who wrote here."""
    others = Comment.objects.present().filter(conversation=comment.conversation_id, user__is_active=True)
    if parent is not None:
        others = others.filter(thread_id=comment.thread_id)
    # Two queries: as one, PostgreSQL may look at every person for every comment.
    wanted = others.order_by().values_list("user", flat=True).distinct()[:MOST_TOLD]
    return list(User.objects.filter(pk__in=list(wanted)))


def _anonymous_people(comment: Comment, target: Any, parent: Comment | None) -> list[User]:
    """Who wrote anonymously what this answers, or took part so."""
    seals = Seal.objects.of_comments(comment.conversation)
    if parent is not None:
        threads = Comment.objects.filter(conversation=comment.conversation_id, thread_id=comment.thread_id)
        seals = seals.filter(object_id__in=threads.order_by().values("pk"))
    found = list(seals.order_by("-pk")[:MOST_TOLD]) if comment.conversation_id else []
    if getattr(target, "is_anonymous", False):
        found += list(Seal.objects.about(target))
    numbers = people_in(found)
    return list(User.objects.filter(pk__in=numbers, is_active=True)) if numbers else []


def kept_of(target: Any, reasons: dict[User, str]) -> dict[User, str]:
    """Those of them who may read it and want to hear of it; members who want everything may be added."""
    keep = target_of(target).keep
    return keep(target, reasons) if keep else _who_may_read(target, reasons)


def _who_may_read(target: Any, reasons: dict[User, str]) -> dict[User, str]:
    can_read = target_of(target).can_read
    return {user: reason for user, reason in reasons.items() if user.is_active and can_read(user, target)}


def _notify(
    comment: Comment,
    target: Any,
    reason: str,
    people: list[User],
    by: User | None,
    *,
    to_parent: Comment | None,
    key: str = "comment",
) -> None:
    entry = target_of(target)
    kind = KINDS.get(reason, "comment.other")
    notify(
        kind=kind,
        recipients=people,
        actor=by,
        title=str(target),
        url=comment.url_on(target.get_absolute_url()),
        audience=entry.audience(target),
        group_key=f"{entry.label}:{target.pk}",
        dedupe_key=f"{key}:{comment.pk}",
        # Who has not looked yet knows already that there is something.
        once_unread=reason not in KINDS,
        data={
            "reason": "author" if reason == "replied" else reason,
            "what": comment.kind,
            "about": "question" if entry.asks(target) else entry.label,
            "language": getattr(target, "language", ""),
            "to": to_parent.kind if to_parent else "",
        },
    )


def _name(row: Notification) -> dict[str, str]:
    return {"name": row.actor.name if row.actor else _("Somebody")}


def _replied(row: Notification) -> str:
    if row.data.get("to") == Comment.Kind.ANSWER:
        return _("%(name)s replied to your answer") % _name(row)
    return _("%(name)s replied to you") % _name(row)


def _own(row: Notification) -> str:
    if row.data.get("what") == Comment.Kind.ANSWER:
        return _("%(name)s answered your question") % _name(row)
    sentences = {
        "question": _("%(name)s commented on your question"),
        "lesson": _("%(name)s commented on your lesson"),
        "article": _("%(name)s commented on your article"),
    }
    words = sentences.get(row.data.get("about", ""), _("%(name)s reacted to what you started"))
    return words % _name(row)


def _other(row: Notification) -> str:
    if row.data.get("what") == Comment.Kind.ANSWER:
        return _("%(name)s answered a question too") % _name(row) if _joined(row) else _answered(row)
    if _joined(row):
        return _("%(name)s added to a conversation you take part in") % _name(row)
    return _("%(name)s added to a conversation") % _name(row)


def _mentioned(row: Notification) -> str:
    return _("%(name)s mentioned you") % _name(row)


def _joined(row: Notification) -> bool:
    return row.data.get("reason") == "joined_in"


def _answered(row: Notification) -> str:
    return _("%(name)s answered a question") % _name(row)


def register_kinds() -> None:
    own = gettext_lazy("Answers and replies to you")
    other = gettext_lazy("Conversations you take part in")
    register_kind("comment.own", _own, own, group="comment.own")
    register_kind("comment.reply", _replied, own, group="comment.own")
    register_kind(
        "comment.mention", _mentioned, gettext_lazy("When somebody mentions you"), group="mentioned"
    )
    register_kind("comment.other", _other, other, email=False, group="comment.other")
