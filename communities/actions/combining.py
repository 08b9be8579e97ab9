"""One question of two that ask the same, and a discussion of its own from a comment."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.activity.actions import record
from kring.conversations.actions import record_decision, register_verb
from kring.conversations.actions.counting import happened, locked_comment, locked_conversation, next_seq
from kring.conversations.actions.moving import (
    highest_alias,
    move_comments,
    move_participation,
    move_reports,
)
from kring.conversations.models import Comment, CommentRevision, Conversation, ConversationEvent, Seal
from kring.people.models import User
from kring.ui.richtext.sanitise import sanitise
from kring.ui.richtext.text import to_text

from ..models import Discussion, Routing, SolvedToo
from ..permissions import can_look_after, can_merge_into
from .states import accepted_ids, locked, state_of, withdraw
from .telling_talk import tell_who_took_part


@transaction.atomic
def merge_questions(*, duplicate: Discussion, into: Discussion, by: User) -> Discussion:
    """Bring what was said about the duplicate into the other question's conversation.

    Its text becomes a comment by who asked it; answers that helped stay so; its address leads to the other.
    Raises PermissionDenied, ValidationError when the two are not alike.
    """
    pair = sorted((duplicate, into), key=lambda one: one.pk)
    talk = {one.pk: locked_conversation(one) for one in pair}
    rows = {one.pk: locked(one) for one in pair}
    duplicate, into = rows[duplicate.pk], rows[into.pk]
    if not (can_look_after(by, duplicate) and can_look_after(by, into)):
        raise PermissionDenied
    if not can_merge_into(duplicate, into):
        raise ValidationError({"into": _("Choose another question of the same community.")})
    source, target = talk[duplicate.pk], talk[into.pk]
    after = highest_alias(target, taken=int(into.is_anonymous))
    helped = list(Comment.objects.filter(pk__in=accepted_ids(duplicate)))
    _ask_there(duplicate, target, after)
    rest = Comment.objects.filter(conversation=source).order_by("submit_date", "pk")
    move_comments(rest, source, target, after=after)
    move_participation(source, target)
    _move_people(duplicate, into)
    _take_over(duplicate, into, helped)
    _decide("question_merged", duplicate, duplicate.author, by, into=into.pk)
    record(verb="merged", target=into, by=by, audience=into.community.audience)
    tell_who_took_part("discussion.merged", into, by=by, but=duplicate.author)
    return into


def _ask_there(duplicate: Discussion, target: Conversation, after: int) -> None:
    with translation.override(duplicate.language):
        asked_as = format_html("<p><em>{} {}</em></p>", _("Asked as:"), duplicate.title)
    body = sanitise(f"{asked_as}{duplicate.body}")
    given = duplicate.attribution or {}
    comment = Comment(
        content_type=target.content_type,
        object_pk=str(target.object_id),
        site_id=settings.SITE_ID,
        user=duplicate.author,
        user_name="" if duplicate.author else str(given.get("name") or ""),
        source_url=str(given.get("url") or ""),
        licence=str(given.get("licence") or ""),
        conversation=target,
        body=body,
        comment=to_text(body),
        seq=next_seq(target, more=1),
        submit_date=duplicate.created_at,
        is_anonymous=duplicate.is_anonymous,
        alias=after + 1 if duplicate.is_anonymous else 0,
    )
    comment.save()
    _take_along(duplicate, comment)
    happened(target, ConversationEvent.Kind.POSTED, comment)


def _move_people(duplicate: Discussion, into: Discussion) -> None:
    """Whom it helped, and who was asked for an answer."""
    for model in (SolvedToo, Routing):
        there: Any = model.objects.filter(discussion=into).values("user")
        model.objects.filter(discussion=duplicate).exclude(user__in=there).update(discussion=into)


def _take_over(duplicate: Discussion, into: Discussion, helped: list[Comment]) -> None:
    duplicate.accepted, duplicate.merged_into, duplicate.pinned_at = None, into, None
    duplicate.also_accepted.clear()
    duplicate.save()
    Discussion.objects.filter(merged_into=duplicate).update(merged_into=into)
    for answer in helped:
        if into.accepted_id:
            into.also_accepted.add(answer)
        else:
            into.accepted = answer
    into.state = state_of(into)
    into.last_activity_at = max(into.last_activity_at, duplicate.last_activity_at)
    into.save(update_fields=["accepted", "state", "last_activity_at"])


@transaction.atomic
def split_comment(*, comment: Comment, by: User, title: str, kind: str) -> Discussion:
    """Make a comment and its replies a question or discussion of its own; a line with a link stays.

    Raises PermissionDenied; ValueError for a reply, or what is no longer there.
    """
    comment = locked_comment(comment)
    source = comment.conversation
    origin: Any = source.target
    if not isinstance(origin, Discussion) or comment.level or comment.is_removed or not comment.is_public:
        raise ValueError("only what was said first, and is still there, becomes a discussion")
    origin = locked(origin)
    if not can_look_after(by, origin):
        raise PermissionDenied
    made = _made_of(comment, origin, title, Discussion.Kind(kind))
    target = locked_conversation(made)
    replies = list(Comment.objects.filter(conversation=source, thread_id=comment.pk, level=1))
    replies.sort(key=lambda one: (one.submit_date, one.pk))
    for reply in replies:
        reply.parent_id = reply.thread_id = reply.pk
        reply.level, reply.order = 0, 1
        if kind == Discussion.Kind.QUESTION:
            reply.kind = Comment.Kind.ANSWER
    move_comments(replies, source, target, after=int(made.is_anonymous))
    _leave_a_line(comment, origin, made)
    for discussion in (origin, made):
        discussion.state = state_of(discussion)
    last = [one.submit_date for one in replies if one.is_public and not one.is_removed]
    made.last_activity_at = max([made.created_at, *last])
    origin.save(update_fields=["accepted", "state"])
    made.save(update_fields=["state", "last_activity_at"])
    _decide("comment_split", made, made.author, by, origin=origin.pk, comment=comment.pk)
    record(verb="split", target=made, by=by, audience=made.community.audience)
    tell_who_took_part("discussion.split", made, by=by, but=made.author)
    return made


def _made_of(comment: Comment, origin: Discussion, title: str, kind: Any) -> Discussion:
    with translation.override(origin.language):
        came = _link(_("From the conversation"), origin)
    made = Discussion.objects.create(
        kind=kind,
        community=origin.community,
        title=title,
        body=sanitise(f"{comment.body}{came}"),
        language=origin.language,
        author=comment.user,
        attribution=_attribution(comment),
        is_anonymous=comment.is_anonymous,
        created_at=comment.submit_date,
    )
    made.tags.set([tag.name for tag in origin.tags.all()])
    _take_along(comment, made)
    return made


def _attribution(comment: Comment) -> dict[str, str]:
    if comment.user or not comment.user_name:
        return {}
    return {"name": comment.user_name, "url": comment.source_url, "licence": comment.licence}


def _leave_a_line(comment: Comment, origin: Discussion, made: Discussion) -> None:
    """In the place of what is a discussion of its own now."""
    CommentRevision.objects.create(comment=comment, body=comment.body)
    with translation.override(origin.language):
        body = sanitise(_link(_("This went on in a conversation of its own:"), made))
    withdraw(origin, comment)
    comment.body, comment.comment, comment.edited_at = body, to_text(body), timezone.now()
    comment.kind, comment.nested_count = Comment.Kind.COMMENT, 0
    comment.save()
    next_seq(comment.conversation)
    happened(comment.conversation, ConversationEvent.Kind.EDITED, comment)


def _link(words: str, discussion: Discussion) -> str:
    return format_html(
        '<p><em>{}</em> <a href="{}">{}</a></p>', words, discussion.get_absolute_url(), discussion.title
    )


def _take_along(old: Any, new: Any) -> None:
    """What was written anonymously has the same seal in its new form, and what was reported waits there."""
    move_reports(old, new)
    for seal in Seal.objects.about(old) if new.is_anonymous else ():
        Seal.objects.create(thing=new, audience=seal.audience, holder=seal.holder, sealed=seal.sealed)


def _decide(verb: str, thing: Discussion, affected: User | None, by: User, **data: Any) -> None:
    record_decision(
        verb=verb, thing=thing, by=by, audience=thing.community.audience, affected=affected, data=data
    )


def register_combining() -> None:
    register_verb("question_merged", gettext_lazy("brought a question that was asked twice together"))
    register_verb("comment_split", gettext_lazy("made a comment a conversation of its own"))
