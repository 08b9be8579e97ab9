"""Who hears of a comment: whom it answers, who wrote the thing, who took part."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import User

from ..models import Comment, Mention, Telling
from ..permissions import target_of
from ..showing.anonymous import is_of_asker
from .listening import Listeners, kept_of
from .sealing import person_behind

# Reason to kind of notification; of any other reason it is comment.other.
KINDS = {
    "replied": "comment.reply",
    "asked": "comment.own",
    "author": "comment.own",
    "mentioned": "comment.mention",
}


def tell_of(said: Iterable[tuple[Comment, Comment | None]], target: Any) -> None:
    """Tell people of comments on one thing, the oldest first, each with what it answers.

    Of each, a person is told once, for the reason that concerns them most. Whom it concerns no more than
    others is told of the first only. Of something anonymous its author is told where others are: a gap would
    tell who it was.
    """
    said = list(said)
    mentioned = _mentions([comment for comment, _answers in said])
    listeners: Listeners | None = None
    told: set[tuple[int, User]] = set()
    for comment, answers in said:
        listeners = listeners or Listeners(target, comment.conversation_id)
        writer = person_behind(comment)
        thread = comment.thread_id if answers else 0
        direct = _concerned(answers, listeners, mentioned.get(comment.pk, []))
        others = _others(comment, thread, listeners, writer)
        fresh = {user: why for user, why in others.items() if (thread, user) not in told}
        reasons = fresh | direct
        if not comment.is_anonymous and writer:
            reasons.pop(writer, None)
        told.update((thread, user) for user, why in reasons.items() if user not in direct)
        _tell(comment, target, answers, reasons, listeners)


def _tell(
    comment: Comment, target: Any, answers: Comment | None, reasons: dict[User, str], listeners: Listeners
) -> None:
    alone = {"replied", "mentioned"}
    by_reason: dict[str, list[User]] = {}
    for user, reason in listeners.keep(reasons).items():
        # Who muted the conversation hears what is meant for them alone.
        if user.pk not in listeners.muted or reason in alone:
            by_reason.setdefault(reason, []).append(user)
    for reason, people in by_reason.items():
        _notify(comment, target, reason, people, comment.user, to_parent=answers)


def tell_mentioned(comment: Comment, target: Any, people: list[User]) -> None:
    """Tell those who were mentioned only now, after a change; unless all are still to be told of it."""
    if Telling.objects.filter(comment=comment).exists():
        return
    kept = kept_of(target, dict.fromkeys(people, "mentioned"))
    named = [user for user, reason in kept.items() if reason == "mentioned"]
    if named:
        _notify(comment, target, "mentioned", named, comment.user, to_parent=None, key="mention")


def follows(comment: Comment, target: Any) -> list[User]:
    """Who follows the conversation; and like one of them, who wrote in it anonymously.

    Without those who muted it. The caller asks who may read it.
    """
    listeners = Listeners(target, comment.conversation_id)
    people = dict.fromkeys([*listeners.followers, *listeners.anonymous(0)])
    return [user for user in people if user.pk not in listeners.muted]


def _mentions(comments: list[Comment]) -> dict[int, list[User]]:
    """Primary key of a comment to those whom it mentions."""
    found: dict[int, list[User]] = {}
    for row in Mention.objects.filter(comment__in=comments).select_related("user"):
        found.setdefault(row.comment_id, []).append(row.user)
    return found


def _concerned(answers: Comment | None, listeners: Listeners, mentioned: list[User]) -> dict[User, str]:
    """Whom it concerns more than others. Later reasons never overrule earlier ones."""
    asks = target_of(listeners.target).asks(listeners.target)
    found: dict[User, str] = {}
    if answers is not None and answers.user:
        found[answers.user] = "replied"
    for author in listeners.authors:
        found.setdefault(author, "asked" if asks else "author")
    for user in mentioned:
        found.setdefault(user, "mentioned")
    return found


def _others(comment: Comment, thread: int, listeners: Listeners, writer: User | None) -> dict[User, str]:
    """Who took part or follows it. A reply is for those in its thread; anything else for all who wrote."""
    found = dict.fromkeys(listeners.before(comment, thread), "joined_in")
    for user in listeners.followers:
        found.setdefault(user, "follower")
    for user in listeners.anonymous(thread):
        if user != writer:
            # As those who follow it: what stands in their inbox does not say that they wrote here.
            found.setdefault(user, "follower")
    for user, why in listeners.everything.items():
        found.setdefault(user, why)
    return found


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
            "what": _what(comment, target),
            "about": "question" if entry.asks(target) else entry.label,
            "language": getattr(target, "language", ""),
            "to": to_parent.kind if to_parent else "",
        },
    )


def _what(comment: Comment, target: Any) -> str:
    """As what it is told: the asker's own word is no answer."""
    authors = {author.pk for author in target_of(target).authors(target)}
    own = is_of_asker(comment, target, authors)
    return str(Comment.Kind.COMMENT if own else comment.kind)


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
