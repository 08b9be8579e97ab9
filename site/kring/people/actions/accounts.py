"""Opening and closing accounts, and what an account may do. For administrators."""

from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction

from kring.activity.actions import record

from ..models import User
from ..permissions import is_administrator


class LastAdministratorError(ValueError):
    """Nobody would be left to run the site."""


def is_last_administrator(person: User) -> bool:
    if not is_administrator(person):
        return False
    return not User.objects.active().filter(is_superuser=True).exclude(pk=person.pk).exists()


def _check(by: Any, person: User) -> None:
    if not is_administrator(by) or person.erased_at:
        raise PermissionDenied


@transaction.atomic
def deactivate(*, person: User, by: Any) -> None:
    """Close the account: it cannot sign in and its sessions end at once. What it wrote stays."""
    _check(by, person)
    if is_last_administrator(person):
        raise LastAdministratorError
    if person.is_active:
        person.is_active = False
        person.save(update_fields=["is_active"])
        record(verb="deactivated", target=person, by=by)


@transaction.atomic
def reactivate(*, person: User, by: Any) -> None:
    _check(by, person)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(verb="reactivated", target=person, by=by)


@transaction.atomic
def set_access(
    *, person: User, by: Any, is_guest: bool, reads_everything: bool, is_administrator: bool
) -> None:
    """Guest or employee, whether they read private communities too, and whether they run the site."""
    _check(by, person)
    if is_last_administrator(person) and not is_administrator:
        raise LastAdministratorError
    before = (person.is_guest, person.is_superuser)
    person.is_guest = is_guest and not is_administrator
    person.is_superuser = is_administrator
    person.is_staff = is_administrator or reads_everything
    person.save(update_fields=["is_guest", "is_superuser", "is_staff"])
    permission = Permission.objects.get(content_type__app_label="people", codename="read_everything")
    had = person.user_permissions.filter(pk=permission.pk).exists()
    if had != reads_everything:
        (person.user_permissions.add if reads_everything else person.user_permissions.remove)(permission)
    if had != reads_everything or before != (person.is_guest, person.is_superuser):
        record(verb="changed access", target=person, by=by, guest=is_guest, reads_everything=reads_everything)
