"""What goes over the socket, as text: JSON objects with `v` and `type`."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import translation

from ..models import Comment, Conversation, ConversationEvent
from ..permissions import Target, target_called, target_of
from ..showing.anonymous import is_of_asker
from ..showing.rows import neutral_html

VERSION = 1
ALL_LANGUAGES = [code for code, _name in settings.LANGUAGES]
MOST_REPLAYED = 200
CONTROL = "talk.control"
SHOWN_AGAIN = {"posted", "edited", "removed", "restored"}


def frame(kind: str, /, **fields: Any) -> str:
    return json.dumps({"v": VERSION, "type": kind, **fields}, ensure_ascii=False, separators=(",", ":"))


def key_of(target: Any) -> str:
    """What a conversation is called in addresses and groups: "discussion-12"."""
    return f"{target_of(target).label}-{target.pk}"


def group_of(key: str) -> str:
    """The group of the channel layer in which every process listens that has readers."""
    return f"talk.{key}"


def target_with(key: str) -> Any:
    """The thing that a key names, or None."""
    label, _dash, number = key.rpartition("-")
    entry = target_called(label)
    if entry is None or not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    return entry.model._default_manager.filter(pk=int(number)).first()


def newest(keys: Iterable[str]) -> dict[str, int]:
    """Key to the newest `seq` of each, 0 where nobody said anything. One query a kind of target."""
    by_label: dict[str, dict[int, str]] = {}
    for key in keys:
        label, _dash, number = key.rpartition("-")
        by_label.setdefault(label, {})[int(number)] = key
    found = {key: 0 for wanted in by_label.values() for key in wanted.values()}
    for label, wanted in by_label.items():
        entry: Any = target_called(label)
        content_type = ContentType.objects.get_for_model(entry.model)
        rows = Conversation.objects.filter(content_type=content_type, object_id__in=wanted)
        for pk, seq in rows.values_list("object_id", "seq"):
            found[wanted[pk]] = seq
    return found


def events_after(target: Any, after: int) -> list[ConversationEvent] | None:
    """What happened since, in order; None when that is too much or not known: then the page is loaded."""
    conversation = Conversation.objects.about(target).first()
    if conversation is None or conversation.seq == after:
        return []
    missed = conversation.seq - after
    if not 0 < missed <= MOST_REPLAYED:
        return None
    events = conversation.events.filter(seq__gt=after, seq__lte=conversation.seq)
    found = list(events.select_related("conversation", "comment__user__profile__team").order_by("seq"))
    return found if len(found) == missed else None


def texts_of(event: ConversationEvent, target: Any, languages: Iterable[str] | None = None) -> dict[str, str]:
    """Language to the event as a frame; in all languages of the site unless some are named."""
    texts = {}
    for language in ALL_LANGUAGES if languages is None else languages:
        with translation.override(language):
            texts[language] = text_of(event, target)
    return texts


def text_of(event: ConversationEvent, target: Any) -> str:
    """The event as a frame, in the active language. It shows the comment as it is now."""
    entry = target_of(target)
    fields: dict[str, Any] = {"seq": event.seq, "kind": event.kind}
    comment = event.comment
    if comment is not None:
        # What was moved into another conversation, or is looked at again after an edit, is gone from here.
        comment.is_removed |= comment.conversation_id != event.conversation_id or not comment.is_public
        comment.conversation = event.conversation
        if event.kind in SHOWN_AGAIN:
            fields["comment"] = _shown(comment, target, entry)
        elif event.kind == ConversationEvent.Kind.REACTED:
            fields["comment"] = {"id": comment.pk}
    if event.kind == ConversationEvent.Kind.REACTED:
        fields["reactions"] = _reactions(event)
    if event.kind == ConversationEvent.Kind.ACCEPTED:
        fields["accepted"] = sorted(entry.accepted(target))
    if event.kind == ConversationEvent.Kind.PACED:
        fields["locked"] = event.conversation.locked
    fields["count"] = event.conversation.comment_count
    return frame("event", **fields)


def _shown(comment: Comment, target: Any, entry: Target) -> dict[str, Any]:
    """`parent` is the comment below which it stands, 0 for none; an anonymous author is nobody.

    `asker`: whether they say it who began it; under a question that is no answer.
    """
    authors = {author.pk for author in entry.authors(target)}
    return {
        "id": comment.pk,
        "parent": comment.thread_id if comment.level else 0,
        "kind": comment.kind,
        "author": comment.user_id,
        "asker": is_of_asker(comment, target, authors),
        "html": neutral_html(comment, target, entry),
    }


def _reactions(event: ConversationEvent) -> dict[str, int]:
    """Kind to number, of the comment or of the thing itself."""
    rows = event.conversation.reactions.filter(comment=event.comment).values_list("kind", flat=True)
    counts: dict[str, int] = {}
    for kind in rows:
        counts[kind] = counts.get(kind, 0) + 1
    return counts
