"""What the site holds of a person: given to them, or taken out of it.

The policy. What somebody wrote for others stays, without their name: answers, lessons and articles are of use
to those who remain. Everything that is about the person goes: profile, picture, skills, address, sign-in,
memberships, inbox, preferences. The account stays as an empty row, so that what refers to it holds.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from kring.activity.models import Activity
from kring.indexing.registry import record_change

from ..models import Distance, Invitation, PersonSkill, Profile, User
from ..permissions import is_administrator
from .accounts import LastAdministratorError, is_last_administrator


@dataclass(frozen=True, slots=True)
class Holdings:
    """What one app holds. `describe` says in a sentence what it is and what erasure does with it.

    `export(user)` gives anything JSON can hold, with dates; `files(user)` names in the file storage.
    `erase(user)` runs in the transaction of the erasure and must do no harm a second time.
    """

    name: str
    export: Callable[[User], Any]
    erase: Callable[[User], None]
    describe: Any
    files: Callable[[User], Iterable[str]] | None = None


_holdings: dict[str, Holdings] = {}


def register_holdings(
    name: str,
    export: Callable[[User], Any],
    erase: Callable[[User], None],
    describe: Any,
    files: Callable[[User], Iterable[str]] | None = None,
) -> None:
    """Say what an app holds of a person; see Holdings."""
    _holdings[name] = Holdings(name, export, erase, describe, files)


def holdings() -> list[Holdings]:
    return list(_holdings.values())


def export_data(person: User) -> dict[str, Any]:
    """Everything the site holds of this person, by app."""
    return {"exported_at": timezone.now(), **{one.name: one.export(person) for one in holdings()}}


def export_archive(*, person: User, by: Any) -> bytes:
    """A ZIP with data.json and the uploaded files. For the person alone."""
    if by.pk != person.pk:
        raise PermissionDenied
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        data = json.dumps(export_data(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", data)
        for one in holdings():
            for name in one.files(person) if one.files else ():
                if default_storage.exists(name):
                    with default_storage.open(name) as stored:
                        archive.writestr(f"files/{name}", stored.read())
    return buffer.getvalue()


@transaction.atomic
def erase(*, person: User, by: Any) -> None:
    """Take the person out of the site, by the policy above. Twice is as once.

    Raises PermissionDenied, LastAdministratorError.
    """
    if by.pk != person.pk and not is_administrator(by):
        raise PermissionDenied
    if is_last_administrator(person):
        raise LastAdministratorError
    person = User.objects.select_for_update().get(pk=person.pk)
    # The account itself goes last, since others look things up by it.
    for one in sorted(holdings(), key=lambda one: one.name == "people"):
        one.erase(person)
    record_change("person", person.pk)


def erase_person(person: User) -> None:
    """What this app itself holds."""
    addresses = [person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)]
    Invitation.objects.filter(email__in=addresses).delete()
    for model in (EmailAddress, SocialAccount, Authenticator, PersonSkill, UserProfile, Distance):
        model.objects.filter(user=person).delete()
    Distance.objects.filter(other=person).delete()
    Activity.objects.filter(actor=person).update(actor=None)
    Profile.objects.filter(manager=person).update(manager=None)
    _erase_profile(person)
    _erase_account(person)


def _erase_profile(person: User) -> None:
    profile, _made = Profile.objects.get_or_create(user=person)
    if profile.picture:
        name = str(profile.picture.name)
        transaction.on_commit(lambda: default_storage.delete(name))
    for field in Profile._meta.get_fields():
        if field.concrete and field.name not in ("id", "user"):
            setattr(profile, field.name, None if field.null else field.get_default())
    profile.save()


def _erase_account(person: User) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        person.name = _("Former colleague")
    person.email = f"erased-{person.pk}@erased.invalid"
    person.language = person.time_zone = person.theme = ""
    person.source_id = person.last_login = None
    person.is_active = person.is_staff = person.is_superuser = False
    person.erased_at = person.erased_at or timezone.now()
    # A new hash ends every session.
    person.set_unusable_password()
    person.groups.clear()
    person.user_permissions.clear()
    person.save()


def holdings_of(person: User) -> dict[str, Any]:
    """Account and profile."""
    profile = person.profile
    fields = ("headline", "location", "started_on", "languages", "working_hours", "about")
    return {
        "account": {
            name: getattr(person, name)
            for name in (
                *("email", "name", "language", "time_zone", "theme"),
                *("is_guest", "date_joined", "last_login", "source_id"),
            )
        },
        "addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "company_accounts": list(
            SocialAccount.objects.filter(user=person).values("provider", "uid", "last_login")
        ),
        "second_steps": list(
            Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
        ),
        "profile": {
            **{name: getattr(profile, name) for name in fields},
            "team": profile.team.name if profile.team else None,
            "manager": profile.manager.name if profile.manager else None,
            "picture": profile.picture.name or None,
        },
        "skills": [
            {"skill": row.skill.label, "uri": row.skill.uri, "direction": row.direction, "level": row.level}
            for row in person.skills.select_related("skill")
        ],
        "distances": list(Distance.objects.filter(user=person).values("other__name", "kind", "since")),
        "activities": list(Activity.objects.filter(actor=person).values("verb", "at", "data")),
    }


def files_of(person: User) -> list[str]:
    return [str(person.profile.picture.name)] if person.profile.picture else []


__all__ = [
    "Holdings",
    "LastAdministratorError",
    "erase",
    "erase_person",
    "export_archive",
    "export_data",
    "files_of",
    "holdings",
    "holdings_of",
    "register_holdings",
]
