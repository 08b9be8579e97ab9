"""Keeping one's distance from somebody. Nobody else learns of it: nothing is recorded, nobody is told."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ..models import Distance, User
from ..permissions import can_see_person


@transaction.atomic
def keep_distance(*, by: User, other: User, kind: str) -> Distance:
    """Mute or block somebody; the later choice holds. Raises PermissionDenied, ValueError."""
    wanted = Distance.Kind(kind)
    if by.pk == other.pk or not can_see_person(by, other):
        raise PermissionDenied
    row, _made = Distance.objects.update_or_create(user=by, other=other, defaults={"kind": wanted})
    return row


@transaction.atomic
def end_distance(*, by: User, other: User) -> None:
    """Twice is as once."""
    Distance.objects.filter(user=by, other=other).delete()
