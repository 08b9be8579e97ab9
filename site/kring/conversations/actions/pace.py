"""What cannot be posted now, and how fast one may go on."""

import math
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.people.models import User

from ..models import Comment, Conversation
from ..permissions import can_moderate_conversation
from .sealing import said_lately

RATE_LIMIT = 20
RATE_WINDOW = timedelta(minutes=5)


class NotPostedError(ValidationError):
    """What was written cannot be posted now; the message says why, in the reader's language.

    `name` is for programs; `retry_after` seconds it may go better, where waiting helps.
    """

    name = "refused"

    def __init__(self, message: Any, retry_after: int = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class EmptyError(NotPostedError):
    """There is nothing in it."""

    name = "empty"


class ClosedError(NotPostedError):
    """The conversation is locked, or what was replied to is gone."""

    name = "closed"


class TooSoonError(NotPostedError):
    """Slow mode: the person posted here a moment ago."""

    name = "slow_mode"


class TooManyError(NotPostedError):
    """The person posted more in the last minutes than somebody who talks does."""

    name = "rate"


def check_pace(conversation: Conversation, by: User) -> None:
    """Raises ClosedError, TooManyError or TooSoonError; what was written anonymously counts too."""
    if conversation.locked:
        raise ClosedError(_("This conversation was closed. Nothing more can be added."))
    now = timezone.now()
    recent = Comment.objects.filter(user=by, submit_date__gt=now - RATE_WINDOW).count()
    recent += said_lately(by).filter(submit_date__gt=now - RATE_WINDOW).count()
    if recent >= RATE_LIMIT:
        words = _("You posted %(number)d times in five minutes. Wait a little; your text is still here.")
        raise TooManyError(words % {"number": RATE_LIMIT}, retry_after=60)
    if wait := conversation.slow_mode_seconds:
        _check_slow_mode(conversation, by, wait)


def _check_slow_mode(conversation: Conversation, by: User, wait: int) -> None:
    target: Any = conversation.target
    if can_moderate_conversation(by, target):
        return
    mine = Comment.objects.filter(conversation=conversation, user=by)
    both = [rows.aggregate(last=Max("submit_date"))["last"] for rows in (mine, said_lately(by, conversation))]
    last = max(filter(None, both), default=None)
    if last is None:
        return
    left = wait - (timezone.now() - last).total_seconds()
    if left > 0:
        minutes = math.ceil(left / 60)
        words = ngettext(
            "This conversation goes slowly: you can add something again in %(minutes)d minute.",
            "This conversation goes slowly: you can add something again in %(minutes)d minutes.",
            minutes,
        )
        raise TooSoonError(words % {"minutes": minutes}, retry_after=math.ceil(left))
