"""Who may do what with people."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from .models import Distance, User
from .querysets import UserQuerySet

_shared: list[Callable[[Any], Iterable[int]]] = []


def register_shared(people_met_by: Callable[[Any], Iterable[int]]) -> None:
    """Register a function that gives the primary keys of people a guest meets: in their communities, say.

    A queryset of one column is best; it becomes part of the query.
    """
    if people_met_by not in _shared:
        _shared.append(people_met_by)


def reads_everything(user: Any) -> bool:
    """Administrators, and editors with the permission: they may read private communities too."""
    return bool(user.is_active and (user.is_superuser or user.has_perm("people.read_everything")))


def is_administrator(user: Any) -> bool:
    return bool(user.is_active and user.is_superuser)


def visible_people(user: Any) -> UserQuerySet:
    """Everybody whose page this person may read, those who left too, but nobody whose data was erased.

    A guest meets only people they share something with.
    """
    if not (user.is_authenticated and user.is_active):
        return User.objects.none()
    people = User.objects.filter(erased_at=None)
    if not user.is_guest or reads_everything(user):
        return people
    met = Q(pk=user.pk)
    for people_met_by in _shared:
        met |= Q(pk__in=people_met_by(user))
    return people.filter(met)


def can_see_person(user: Any, person: User) -> bool:
    return visible_people(user).filter(pk=person.pk).exists()


def can_edit_person(user: Any, person: User) -> bool:
    """One edits one's own page; administrators edit everybody's."""
    if not (user.is_authenticated and user.is_active) or person.erased_at:
        return False
    return user.pk == person.pk or is_administrator(user)


def can_read_file(user: Any, name: str) -> bool:
    """Pictures lie in people/<primary key>/; who may see the person may see the picture."""
    owner = name.removeprefix("people/").split("/")[0]
    return owner.isdecimal() and visible_people(user).filter(pk=int(owner)).exists()


def keeps_away(user: Any, other: Any) -> bool:
    """Whether `user` blocked `other`: they neither mention them, nor write to them, nor are their pair."""
    found = Distance.objects.filter(user=user.pk, other=other.pk, kind=Distance.Kind.BLOCK)
    return found.exists()


def distances_of(user: Any) -> dict[int, str]:
    """Primary key of whom this person mutes or blocks, to which of the two. One query."""
    if not user.is_authenticated:
        return {}
    return dict(Distance.objects.filter(user=user.pk).values_list("other", "kind"))


def turned_away_from(other: Any, people: Iterable[int]) -> list[int]:
    """Those of these people (primary keys) who mute or block `other`."""
    rows = Distance.objects.filter(other=other.pk, user__in=list(people))
    return list(rows.values_list("user", flat=True))
