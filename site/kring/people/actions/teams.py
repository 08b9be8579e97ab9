"""Teams."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kring.indexing.registry import record_change

from ..models import Profile, Team
from ..permissions import is_administrator


class TeamExistsError(ValueError):
    """A sibling has this name already."""


@transaction.atomic
def find_or_create_team(path: Iterable[str]) -> Team:
    """The team at the end of a path of names, from the top; missing ones are made. Case does not matter."""
    team: Team | None = None
    for name in (" ".join(part.split()) for part in path):
        if not name:
            raise ValueError("a team needs a name")
        siblings = team.get_children() if team else Team.get_root_nodes()
        team = siblings.filter(name__iexact=name).first() or _add(team, name)
    if team is None:
        raise ValueError("a path has at least one name")
    return team


def _add(parent: Team | None, name: str) -> Team:
    # Treebeard counts children on the object: a fresh one knows them all.
    return Team.objects.get(pk=parent.pk).add_child(name=name) if parent else Team.add_root(name=name)


@transaction.atomic
def create_team(*, by: Any, name: str, parent: Team | None = None) -> Team:
    if not is_administrator(by):
        raise PermissionDenied
    siblings = parent.get_children() if parent else Team.get_root_nodes()
    if siblings.filter(name__iexact=name).exists():
        raise TeamExistsError(name)
    return _add(parent, name)


@transaction.atomic
def rename_team(*, by: Any, team: Team, name: str) -> Team:
    if not is_administrator(by):
        raise PermissionDenied
    if team.get_siblings().exclude(pk=team.pk).filter(name__iexact=name).exists():
        raise TeamExistsError(name)
    team.name = name
    team.save()
    return team


@transaction.atomic
def delete_team(*, by: Any, team: Team) -> None:
    """The team and those below it; their people stay, without a team."""
    if not is_administrator(by):
        raise PermissionDenied
    people = Profile.objects.filter(team__path__startswith=team.path)
    ids = list(people.values_list("user", flat=True))
    people.update(team=None)
    Team.objects.get(pk=team.pk).delete()
    record_change("person", *ids)
