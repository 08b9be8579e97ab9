"""Writing comments. The conversation's row is locked first, so that `seq` and counts lose nothing."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kring.people.models import User
from kring.ui.richtext.sanitise import SafeHtml, sanitise
from kring.ui.richtext.text import to_text

from ..models import Attachment, Comment, CommentRevision, Conversation, ConversationEvent
from ..permissions import (
    can_edit_comment,
    can_moderate_conversation,
    can_post_on,
    can_remove_comment,
    target_of,
    wrote_comment,
)
from .announcing import announce
from .attaching import NotAttachedError, check_files, claim_files, keep_files
from .counting import happened, locked_comment, locked_conversation, next_seq
from .holding import held_seq, hide_again, why_held
from .mentioning import keep_mentions, name_people
from .moderating import decide_pace, decide_removal, set_pace
from .pace import ClosedError, EmptyError, NotPostedError, check_pace
from .sealing import alias_for, check_anonymous, seal
from .telling import tell_mentioned
from .telling_moderation import tell_held


@transaction.atomic
def post_comment(
    *,
    target: models.Model,
    by: User,
    body: str,
    parent: Comment | None = None,
    kind: str = Comment.Kind.COMMENT,
    sending: str = "",
    anonymous: bool = False,
    files: Iterable[Attachment] = (),
) -> Comment:
    """Say something about a thing. A reply to a reply stands under the same comment as that reply.

    What a moderator looks at first is not public and told to nobody but them. An anonymous one has no user.

    `sending` names this try of this person: what comes with the same one again is the comment that was made.
    Raises PermissionDenied, and NotPostedError with a message for the writer.
    """
    entry = target_of(target)
    if not can_post_on(by, target):
        raise PermissionDenied
    body = name_people(_clean(body), target, by)
    files = _files(files, anonymous)
    audience = entry.audience(target)
    held = _checked(target, by, body, audience, anonymous)
    conversation = locked_conversation(target)
    sent_as = _hash(by, sending) if sending else None
    if sent_as and (made := Comment.objects.filter(conversation=conversation, sending=sent_as).first()):
        return made
    root = _root_of(parent, conversation)
    check_pace(conversation, by)
    comment = Comment(
        content_type_id=conversation.content_type_id,
        object_pk=str(target.pk),
        site_id=settings.SITE_ID,
        user=None if anonymous else by,
        is_anonymous=anonymous,
        alias=alias_for(by, conversation, target) if anonymous else 0,
        conversation=conversation,
        # An answer answers the thing itself; below it stand comments.
        kind=Comment.Kind.COMMENT if root or not entry.asks(target) else kind,
        body=body,
        comment=to_text(body),
        parent_id=root.pk if root else 0,
        seq=held_seq(conversation) if held else next_seq(conversation, more=1),
        is_public=not held,
        held_for=held,
        submit_date=timezone.now(),
        sending=sent_as,
    )
    comment.save()
    keep_mentions(comment)
    claim_files(comment, by, files)
    if anonymous:
        seal(comment, by, audience)
    if held:
        tell_held(comment, target, audience)
    else:
        announce(comment, target, parent=parent)
    return comment


@transaction.atomic
def edit_comment(
    *,
    comment: Comment,
    by: User,
    body: str,
    kept: Iterable[int] | None = None,
    files: Iterable[Attachment] = (),
) -> Comment:
    """Change one's own words, and the files that go with them: `kept` stay (None: all), `files` come.

    Raises PermissionDenied, NotPostedError.
    """
    comment = locked_comment(comment)
    if not can_edit_comment(by, comment):
        raise PermissionDenied
    target: Any = comment.conversation.target
    body = name_people(_clean(body), target, by)
    has_other_files = _change_files(comment, by, kept, list(files))
    if body == comment.body:
        if has_other_files and comment.is_public:
            next_seq(comment.conversation)
            happened(comment.conversation, ConversationEvent.Kind.EDITED, comment)
        return comment
    audience = target_of(target).audience(target)
    held = _checked(target, by, body, audience)
    CommentRevision.objects.create(comment=comment, body=comment.body)
    comment.body, comment.comment, comment.edited_at = body, to_text(body), timezone.now()
    comment.save(update_fields=["body", "comment", "edited_at"])
    mentioned = keep_mentions(comment)
    if comment.is_public and held:
        hide_again(comment, held)
        tell_held(comment, target, audience)
    elif comment.is_public:
        next_seq(comment.conversation)
        happened(comment.conversation, ConversationEvent.Kind.EDITED, comment)
        tell_mentioned(comment, target, mentioned)
    return comment


@transaction.atomic
def remove_comment(*, comment: Comment, by: User, reason: str = "") -> Comment:
    """Take a comment away; what others replied stays, under a line that says so. Twice is as once.

    Its author's own removal takes the text out of the database too; a moderator's keeps it for the record,
    is a decision that can be undone, and tells the author, with the reason.
    """
    comment = locked_comment(comment)
    target: Any = comment.conversation.target
    is_own = wrote_comment(by, comment)
    if comment.is_removed and (is_own or can_moderate_conversation(by, target)):
        return comment
    if not can_remove_comment(by, comment):
        raise PermissionDenied
    comment.is_removed = True
    if is_own:
        comment.body = comment.comment = ""
        comment.revisions.all().delete()
        comment.mentions.all().delete()
        comment.attachments.all().delete()
    comment.save(update_fields=["is_removed", "body", "comment"])
    if comment.is_public:
        next_seq(comment.conversation, more=-1)
        happened(comment.conversation, ConversationEvent.Kind.REMOVED, comment)
    if not is_own:
        decide_removal(comment, by, reason)
    target_of(target).on_changed(target, comment)
    return comment


@transaction.atomic
def lock_conversation(
    *, target: models.Model, by: User, locked: bool, slow_mode_seconds: int = 0
) -> Conversation:
    """Close a conversation or open it again, and set how long one waits between two comments."""
    if not can_moderate_conversation(by, target):
        raise PermissionDenied
    conversation = locked_conversation(target)
    before = (conversation.locked, conversation.slow_mode_seconds)
    set_pace(conversation, locked, slow_mode_seconds)
    if before != (locked, slow_mode_seconds):
        decide_pace(conversation, target, by, before)
    return conversation


@transaction.atomic
def forget_conversation(target: models.Model) -> None:
    """Delete what was said about a thing that is being deleted itself."""
    found = Conversation.objects.about(target)
    for comment in Comment.objects.filter(conversation__in=found).order_by("-level"):
        comment.delete()
    found.delete()


def _hash(by: User, sending: str) -> str:
    """Says nothing of the author to who does not know the site's secret."""
    return salted_hmac("kring.conversations.sending", f"{by.pk}:{sending}", algorithm="sha256").hexdigest()


def _checked(target: models.Model, by: User, body: str, audience: str, anonymous: bool = False) -> str:
    """Why a moderator looks at it first, or nothing. Raises NotPostedError for what is not taken."""
    try:
        if anonymous:
            check_anonymous(by, audience)
        return why_held(target, by, body)
    except ValidationError as error:
        raise NotPostedError(error.messages[0]) from None


def _clean(body: str) -> SafeHtml:
    clean = sanitise(body)
    if not to_text(clean).strip():
        raise EmptyError(_("Write something first."))
    return clean


def _files(files: Iterable[Attachment], anonymous: bool) -> list[Attachment]:
    try:
        check_files(found := list(files), anonymous=anonymous)
    except NotAttachedError as error:
        raise NotPostedError(error.messages[0]) from None
    return found


def _change_files(comment: Comment, by: User, kept: Iterable[int] | None, added: list[Attachment]) -> bool:
    """Whether that changed anything."""
    before = set(comment.attachments.values_list("pk", flat=True))
    staying = before if kept is None else before & set(kept)
    if staying == before and not added:
        return False
    try:
        keep_files(comment, staying, added, by=by)
    except NotAttachedError as error:
        raise NotPostedError(error.messages[0]) from None
    return True


def _root_of(parent: Comment | None, conversation: Conversation) -> Comment | None:
    if parent is None:
        return None
    found = Comment.objects.filter(conversation=conversation, pk=parent.thread_id, is_public=True).first()
    replied = found if parent.level == 0 else Comment.objects.filter(pk=parent.pk).first()
    if found is None or replied is None or replied.is_removed or not replied.is_public:
        raise ClosedError(_("What you replied to was removed meanwhile. Your text is still here."))
    return found
