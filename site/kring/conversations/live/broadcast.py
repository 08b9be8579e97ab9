"""From the database to the rooms of every process, after the commit."""

from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from kring.worker.live import send_to_group

from ..models import ConversationEvent
from . import hub
from .frames import CONTROL, group_of, key_of, texts_of

log = structlog.get_logger("kring.live")


def announce(event: ConversationEvent) -> None:
    """Tell those who read along, once this is committed. Rendered once for each language."""
    transaction.on_commit(partial(_safely_send, event.pk))


def recheck(*user_ids: int) -> None:
    """Rights may have changed: sockets that may no longer read are closed. Of everybody, if none is named."""
    message = {"type": "recheck", "users": list(user_ids)}
    transaction.on_commit(partial(send_to_group, CONTROL, message))


def _safely_send(pk: int) -> None:
    """What was said is kept already: whoever said it must not get an error because telling others failed."""
    try:
        _send(pk)
    except Exception:
        log.exception("an event was not handed on; the next beat does")


def _send(pk: int) -> None:
    wanted = ConversationEvent.objects.select_related("conversation", "comment__user__profile__team")
    event = wanted.filter(pk=pk).first()
    target: Any = event.conversation.target if event else None
    if event is None or target is None:
        return
    key = key_of(target)
    # Who comes after this look catches up from the database, where the event is already.
    languages = hub.languages_in(key) if _only_here() else None
    if languages == set():
        return
    message = {"type": "event", "key": key, "seq": event.seq, "texts": texts_of(event, target, languages)}
    send_to_group(group_of(key), message)


def _only_here() -> bool:
    """Whether this process is the only one that could have readers."""
    return "InMemory" in settings.CHANNEL_LAYERS["default"]["BACKEND"]
