"""Following a conversation or hearing nothing of it; keeping things and comments to find them again."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from kring.people.models import User

from ..models import Bookmark, Comment, Following
from ..permissions import can_read_comment, can_read_conversation
from .counting import locked_conversation


@transaction.atomic
def choose_following(*, target: models.Model, by: User, state: str) -> None:
    """Hear everything that is said there, nothing but what is meant for oneself, or (empty) as usual.

    Raises PermissionDenied, ValueError for a state that is none.
    """
    if not can_read_conversation(by, target):
        raise PermissionDenied
    if not state:
        rows = Following.objects.filter(user=by, conversation=locked_conversation(target))
        rows.delete()
        return
    Following.objects.update_or_create(
        conversation=locked_conversation(target), user=by, defaults={"state": Following.State(state)}
    )


@transaction.atomic
def keep(
    *, target: models.Model, by: User, comment: Comment | None = None, wanted: bool | None = None
) -> bool:
    """Keep the thing or a comment on it, or keep it no longer; without `wanted` it is turned round.

    What one kept can be let go also when it is no longer to be read. Whether it is kept now.
    """
    reads = can_read_comment(by, comment) if comment else can_read_conversation(by, target)
    if not reads and wanted is not False:
        raise PermissionDenied
    conversation = comment.conversation if comment else locked_conversation(target)
    mine = Bookmark.objects.filter(user=by, conversation=conversation, comment=comment)
    kept = mine.exists()
    wanted = not kept if wanted is None else wanted
    if wanted and not kept:
        Bookmark.objects.create(user=by, conversation=conversation, comment=comment)
    elif kept and not wanted:
        mine.delete()
    return wanted
