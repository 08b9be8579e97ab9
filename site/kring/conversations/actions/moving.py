"""Taking what was said from one conversation into another. Rights are the caller's; so are both locks."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max

from kring.activity.models import Activity
from kring.notifications.models import Notification

from ..models import (
    Attachment,
    Bookmark,
    Comment,
    Conversation,
    ConversationEvent,
    Following,
    Reaction,
    Report,
    Seal,
)
from .counting import happened, next_seq


def highest_alias(conversation: Conversation, *, taken: int = 0) -> int:
    """How many anonymous people there are in it; `taken` is 1 where the thing itself has one."""
    said = Comment.objects.filter(conversation=conversation, is_anonymous=True)
    return max(said.aggregate(last=Max("alias"))["last"] or 0, taken)


def move_comments(
    comments: Iterable[Comment], source: Conversation, target: Conversation, *, after: int = 0
) -> None:
    """Bring them over in this order, with what hangs on them. To readers of the old one they are removed.

    after: the highest alias in the new one, so that two anonymous people do not become one.
    """
    moved = list(comments)
    for comment in moved:
        more = int(comment.is_public and not comment.is_removed)
        comment.conversation, comment.content_type = target, target.content_type
        comment.object_pk = str(target.object_id)
        comment.seq = next_seq(target, more=more)
        comment.sending = None
        if comment.is_anonymous:
            comment.alias += after
        comment.save()
        happened(target, ConversationEvent.Kind.POSTED, comment)
        next_seq(source, more=-more)
        happened(source, ConversationEvent.Kind.REMOVED, comment)
    for model in (Reaction, Bookmark, Attachment):
        model.objects.filter(comment__in=moved).update(conversation=target)


def move_participation(source: Conversation, target: Conversation) -> None:
    """Who follows the one, keeps it or reacted to the thing itself does so with the other."""
    for row in Following.objects.filter(conversation=source):
        if not Following.objects.filter(conversation=target, user=row.user_id).exists():
            Following.objects.filter(pk=row.pk).update(conversation=target)
    for bookmark in Bookmark.objects.filter(conversation=source, comment=None):
        if not Bookmark.objects.filter(conversation=target, comment=None, user=bookmark.user_id).exists():
            Bookmark.objects.filter(pk=bookmark.pk).update(conversation=target)
    for reaction in Reaction.objects.filter(conversation=source, comment=None):
        same = Reaction.objects.filter(conversation=target, comment=None, user=reaction.user_id)
        if not same.filter(kind=reaction.kind).exists():
            Reaction.objects.filter(pk=reaction.pk).update(conversation=target)


def move_reports(was: models.Model, now: models.Model) -> None:
    """What waits for a moderator because of the one waits because of the other, which nobody reported yet."""
    here, there = (ContentType.objects.get_for_model(thing) for thing in (was, now))
    waiting = Report.objects.filter(content_type=here, object_id=was.pk, state=Report.State.OPEN)
    waiting.update(content_type=there, object_id=now.pk)


def change_audience(
    thing: models.Model, group_key: str, audience: str, *, kept: Iterable[type[models.Model]] = (Report, Seal)
) -> None:
    """Whatever is known of the thing and its conversation is from now on for the holders of this token.

    kept: models besides notifications and activity whose rows go along.
    """
    comments = Comment.objects.filter(conversation__in=Conversation.objects.about(thing))
    about_comments = list(comments.values_list("pk", flat=True))
    Notification.objects.filter(group_key=group_key).update(audience=audience)
    for model, ids in ((type(thing), [thing.pk]), (Comment, about_comments)):
        content_type = ContentType.objects.get_for_model(model)
        for other in kept:
            rows = other._default_manager.filter(content_type=content_type, object_id__in=ids)
            rows.update(audience=audience)
        known = Activity.objects.filter(target_type=content_type, target_id__in=ids)
        known.exclude(audience="").update(audience=audience)
