"""Which answers helped, whom else they helped, and opening a question again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kring.activity.actions import record
from kring.conversations.actions.counting import happened, next_seq
from kring.conversations.models import Comment, ConversationEvent
from kring.people.models import User

from ..models import Discussion, SolvedToo
from ..permissions import can_accept_answer, can_reopen, can_say_solved_too, shown_as
from .states import answers, locked, locked_talk, state_of, withdraw
from .telling import tell_accepted, tell_helped
from .telling_talk import tell_reopened


@transaction.atomic
def accept_answer(*, discussion: Discussion, by: User, answer: Comment) -> Discussion:
    """Say that this answer helped; a further one stands beside the first. Twice is as once.

    Raises PermissionDenied; ValueError when that is no answer to this question, or was removed.
    """
    conversation, discussion = locked_talk(discussion)
    if not can_accept_answer(by, discussion):
        raise PermissionDenied
    if not answers(discussion).filter(pk=answer.pk).exists():
        raise ValueError("not an answer to this question")
    if answer.pk == discussion.accepted_id or discussion.also_accepted.filter(pk=answer.pk).exists():
        return discussion
    if discussion.accepted_id:
        discussion.also_accepted.add(answer)
    else:
        discussion.accepted = answer
    discussion.reopened_reason = ""
    discussion.state = state_of(discussion)
    discussion.save(update_fields=["accepted", "state", "reopened_reason"])
    next_seq(conversation)
    happened(conversation, ConversationEvent.Kind.ACCEPTED, answer)
    shown = shown_as(by, discussion)
    record(verb="accepted", target=answer, by=shown, audience=discussion.community.audience)
    if answer.user:
        tell_accepted(discussion, answer, by=shown)
    tell_helped(discussion, answer, by=by, shown=shown)
    return discussion


@transaction.atomic
def withdraw_answer(*, discussion: Discussion, by: User, answer: Comment) -> Discussion:
    """Take back that this answer helped. Raises PermissionDenied."""
    conversation, discussion = locked_talk(discussion)
    if not can_accept_answer(by, discussion):
        raise PermissionDenied
    if answer.pk != discussion.accepted_id and not discussion.also_accepted.filter(pk=answer.pk).exists():
        return discussion
    withdraw(discussion, answer)
    discussion.state = state_of(discussion)
    discussion.save(update_fields=["accepted", "state"])
    next_seq(conversation)
    happened(conversation, ConversationEvent.Kind.ACCEPTED, answer)
    return discussion


@transaction.atomic
def say_solved_too(*, discussion: Discussion, by: User) -> bool:
    """Say that it solved it for oneself too, or take that back; whether it is said now.

    Raises PermissionDenied.
    """
    discussion = locked(discussion)
    if not can_say_solved_too(by, discussion):
        raise PermissionDenied
    row, made = SolvedToo.objects.get_or_create(discussion=discussion, user=by)
    if not made:
        row.delete()
    return made


@transaction.atomic
def reopen_question(*, discussion: Discussion, by: User, reason: str) -> Discussion:
    """What was chosen did not solve it after all: no answer is chosen any more, and the reason is shown.

    Raises PermissionDenied, ValidationError without a reason.
    """
    conversation, discussion = locked_talk(discussion)
    if not can_reopen(by, discussion):
        raise PermissionDenied
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("Say in a sentence what is still missing.")})
    discussion.accepted = None
    discussion.also_accepted.clear()
    discussion.reopened_reason = reason[:500]
    discussion.state = state_of(discussion)
    discussion.save(update_fields=["accepted", "state", "reopened_reason"])
    next_seq(conversation)
    happened(conversation, ConversationEvent.Kind.ACCEPTED)
    shown = shown_as(by, discussion)
    record(verb="reopened", target=discussion, by=shown, audience=discussion.community.audience)
    tell_reopened(discussion, by=shown)
    return discussion
