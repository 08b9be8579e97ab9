"""Inboxes as they would look had the demo's people been here for weeks."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from communities.actions.telling import tell_of_discussion
from communities.models import Discussion
from kring.conversations.actions.telling import tell_of
from kring.conversations.models import Comment, Telling
from kring.notifications.models import Notification

REMEMBERED = timedelta(weeks=6)
UNREAD = timedelta(days=12)


def tell_of_recent(until: date) -> None:
    """Tell those concerned of the last weeks' discussions and comments; older ones are read. Mails nobody."""
    end = timezone.make_aware(datetime.combine(until, time()))
    since = end - REMEMBERED
    for discussion in Discussion.objects.filter(created_at__gte=since, author__isnull=False):
        author: Any = discussion.author
        tell_of_discussion(discussion, by=author)
        _date(f"discussion.{discussion.kind}:{discussion.pk}", discussion.created_at)
    comments = Comment.objects.filter(submit_date__gte=since, user__isnull=False).order_by("submit_date")
    for comment in comments.select_related("user", "conversation"):
        parent = None if comment.parent_id == comment.pk else Comment.objects.get(pk=comment.parent_id)
        tell_of([(comment, parent)], comment.conversation.target)
        _date(f"comment:{comment.pk}", comment.submit_date)
    # Nobody is told again of the weeks before.
    Telling.objects.all().delete()
    Notification.objects.filter(created_at__lt=end - UNREAD).update(read_at=F("created_at"))


def _date(dedupe_key: str, at: datetime) -> None:
    """As written then; marked as mailed, so that no mail leaves now."""
    Notification.objects.filter(dedupe_key=dedupe_key).update(created_at=at, emailed_at=at)
