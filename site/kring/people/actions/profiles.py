"""What people say about themselves, and administrators for them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction

from ..models import Profile, User
from ..permissions import can_edit_person

ACCOUNT_FIELDS = frozenset({"name"})
PREFERENCES = frozenset({"language", "theme", "time_zone"})
PROFILE_FIELDS = frozenset(
    {"headline", "team", "manager", "location", "started_on", "languages", "working_hours", "about"}
)


class CyclicManagerError(ValueError):
    """Somebody would be above themselves."""


def is_above(person: User, manager: User | None) -> bool:
    """Whether `person` is `manager`, or stands above them."""
    seen: set[int] = set()
    above = manager.pk if manager else None
    while above is not None and above not in seen:
        if above == person.pk:
            return True
        seen.add(above)
        above = Profile.objects.filter(user=above).values_list("manager", flat=True).first()
    return False


@transaction.atomic
def edit_profile(*, person: User, by: Any, **values: Any) -> User:
    """Change name and profile fields, only those given.

    Raises PermissionDenied, CyclicManagerError, TypeError for a field that is none.
    """
    if not can_edit_person(by, person):
        raise PermissionDenied
    if unknown := set(values) - ACCOUNT_FIELDS - PROFILE_FIELDS:
        raise TypeError(f"no fields of a profile: {sorted(unknown)}")
    if "name" in values and values["name"] != person.name:
        person.name = values["name"]
        person.save(update_fields=["name"])
    if values.get("manager") and is_above(person, values["manager"]):
        raise CyclicManagerError
    # Read anew, so that what another page changed meanwhile is not written back.
    profile = Profile.objects.select_for_update().get(user=person)
    for name, value in values.items():
        if name in PROFILE_FIELDS:
            setattr(profile, name, value)
    profile.save()
    person.profile = profile
    return person


@transaction.atomic
def set_preferences(*, person: User, by: Any, values: Mapping[str, str]) -> User:
    """Language, theme and time zone of one's own; empty means: as the browser or the site has it."""
    if by.pk != person.pk:
        raise PermissionDenied
    if unknown := set(values) - PREFERENCES:
        raise TypeError(f"no preferences: {sorted(unknown)}")
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))
    return person


@transaction.atomic
def set_picture(*, person: User, by: Any, picture: ContentFile | None) -> None:
    """Put a checked picture in the place of the old one, or take it away. The old file goes after commit."""
    if not can_edit_person(by, person):
        raise PermissionDenied
    profile = Profile.objects.select_for_update().get(user=person)
    old = profile.picture.name
    if picture is None:
        profile.picture = ""
    else:
        profile.picture.save(picture.name or "picture.webp", picture, save=False)
    profile.save()
    person.profile = profile
    if old:
        transaction.on_commit(lambda: Profile.picture.field.storage.delete(old))
