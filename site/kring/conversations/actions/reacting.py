"""Thanking, agreeing, knowing it too: a comment, or the thing itself. Always with one's name."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.notifications.actions import notify, register_kind
from kring.notifications.models import Notification
from kring.people.models import Distance, User

from ..models import Comment, Conversation, ConversationEvent, Reaction
from ..permissions import can_react, target_of
from .counting import happened, locked_comment, locked_conversation, next_seq
from .listening import kept_of


@transaction.atomic
def react(
    *, target: models.Model, by: User, kind: str, comment: Comment | None = None, wanted: bool | None = None
) -> bool:
    """Give a reaction or take it back; without `wanted` it is turned round. Whether it is there now.

    Raises PermissionDenied, ValueError for a kind that is none.
    """
    kind = Reaction.Kind(kind)
    if not can_react(by, target, comment):
        raise PermissionDenied
    if comment is not None:
        comment = locked_comment(comment)
        if not can_react(by, target, comment):
            raise PermissionDenied
    conversation = comment.conversation if comment else locked_conversation(target)
    mine = Reaction.objects.filter(conversation=conversation, comment=comment, user=by, kind=kind)
    given = mine.exists()
    wanted = not given if wanted is None else wanted
    if wanted == given:
        return wanted
    if wanted:
        Reaction.objects.create(conversation=conversation, comment=comment, user=by, kind=kind)
    else:
        mine.delete()
    next_seq(conversation)
    happened(conversation, ConversationEvent.Kind.REACTED, comment)
    for author in _authors(target, comment):
        _tell(author, target, conversation, comment)
    return wanted


def _authors(target: Any, comment: Comment | None) -> list[User]:
    """Who may hear of it: the one who wrote the comment, or those who wrote the thing."""
    if comment is not None:
        wrote = {comment.user: "author"} if comment.user else {}
    else:
        wrote = dict.fromkeys(target_of(target).authors(target), "author")
    return [user for user, reason in kept_of(target, wrote).items() if reason == "author"]


def _tell(author: User, target: Any, conversation: Conversation, comment: Comment | None) -> None:
    """One row a day and thing, which grows: "Tom and 2 others thanked you". Read ones are left alone."""
    today = timezone.localdate()
    label = f"comment:{comment.pk}" if comment else f"{target_of(target).label}:{target.pk}"
    key = f"thanks:{label}:{today:%Y-%m-%d}"
    told = Notification.objects.filter(recipient=author, dedupe_key=key)
    given = Reaction.objects.filter(conversation=conversation, comment=comment, at__date=today)
    away = Distance.objects.filter(user=author).values("other")
    given = given.exclude(user__in=away).exclude(user=author).select_related("user").order_by("at", "pk")
    people = list(dict.fromkeys(row.user for row in given))
    if not people:
        told.filter(read_at=None).delete()
        return
    data = {
        "reason": "author",
        "others": len(people) - 1,
        "kinds": sorted({row.kind for row in given}),
        "language": getattr(target, "language", ""),
    }
    if not told.update(actor=people[0], data=data):
        _notify(author, target, comment, people[0], key, data)


def _notify(
    author: User, target: Any, comment: Comment | None, actor: User, key: str, data: dict[str, Any]
) -> None:
    entry = target_of(target)
    address = target.get_absolute_url()
    notify(
        kind="comment.thanks",
        recipients=[author],
        actor=actor,
        title=str(target),
        url=comment.url_on(address) if comment else address,
        audience=entry.audience(target),
        group_key=f"{entry.label}:{target.pk}",
        dedupe_key=key,
        data=data,
    )


def _thanked(row: Notification) -> str:
    kinds = row.data.get("kinds", [])
    values = {"name": row.actor.name if row.actor else _("Somebody"), "others": row.data.get("others", 0)}
    if not values["others"]:
        words = {
            "thanks": _("%(name)s thanked you"),
            "agree": _("%(name)s agrees with you"),
            "same": _("%(name)s knows this too"),
        }
        return words.get(kinds[0] if len(kinds) == 1 else "thanks", words["thanks"]) % values
    if kinds in (["agree"], ["same"]):
        words_for_many = ngettext(
            "%(name)s and %(others)d other recognise what you wrote",
            "%(name)s and %(others)d others recognise what you wrote",
            values["others"],
        )
        return words_for_many % values
    many = ngettext(
        "%(name)s and %(others)d other thanked you",
        "%(name)s and %(others)d others thanked you",
        values["others"],
    )
    return many % values


def register_thanks() -> None:
    register_kind(
        "comment.thanks", _thanked, gettext_lazy("Thanks and agreement"), email=False, group="thanks"
    )
