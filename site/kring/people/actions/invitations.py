"""Invitations by e-mail. The link holds a secret of which only the digest is kept."""

import hashlib
import secrets
from datetime import timedelta
from smtplib import SMTPException
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kring.activity.actions import record

from ..models import Invitation, User
from ..permissions import is_administrator

VALID_FOR = timedelta(days=14)


class AccountExistsError(ValueError):
    """There is an account with this address."""


class InvitationClosedError(ValueError):
    """It was accepted, revoked or is too old."""


class Sent(NamedTuple):
    """`link` is known now and never again; `mailed` tells whether the mail left."""

    invitation: Invitation
    link: str
    mailed: bool


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invite(*, email: str, by: Any, as_guest: bool = False, language: str = "") -> Sent:
    """Invite an address, or write anew to one that was invited before. Valid for 14 days.

    Raises PermissionDenied, AccountExistsError.
    """
    if not is_administrator(by):
        raise PermissionDenied
    email = email.strip().lower()
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        if User.objects.filter(email__iexact=email).exists():
            raise AccountExistsError(email)
        Invitation.objects.filter(email__iexact=email, accepted_at=None).delete()
        invitation = Invitation.objects.create(
            email=email,
            as_guest=as_guest,
            language=language,
            digest=_digest(secret),
            invited_by=by,
            expires_at=timezone.now() + VALID_FOR,
        )
        record(verb="invited", target=invitation, by=by)
    link = settings.BASE_URL + reverse("invitation", args=[secret])
    return Sent(invitation, link, _mail(invitation, link))


def resend(*, invitation: Invitation, by: Any) -> Sent:
    """A new link with a new term; the old link stops working."""
    if invitation.accepted_at:
        raise InvitationClosedError
    return invite(email=invitation.email, by=by, as_guest=invitation.as_guest, language=invitation.language)


@transaction.atomic
def revoke(*, invitation: Invitation, by: Any) -> None:
    """Take back what was not accepted yet; its link stops working."""
    if not is_administrator(by):
        raise PermissionDenied
    if invitation.accepted_at:
        raise InvitationClosedError
    invitation.delete()


def find_invitation(secret: str) -> Invitation | None:
    """The open invitation of a link, or None."""
    found = Invitation.objects.select_related("invited_by").filter(digest=_digest(secret)).first()
    return found if found and found.is_open else None


@transaction.atomic
def accept(*, secret: str, name: str, password: str, language: str = "") -> User:
    """Make the account. The address counts as confirmed, for the link came through it.

    Raises InvitationClosedError, AccountExistsError.
    """
    invitation = Invitation.objects.select_for_update().filter(digest=_digest(secret)).first()
    if invitation is None or not invitation.is_open:
        raise InvitationClosedError
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise AccountExistsError(invitation.email)
    user = User.objects.create_user(
        invitation.email, password, name=name, language=language, is_guest=invitation.as_guest
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record(verb="accepted", target=invitation, by=user)
    return user


def _mail(invitation: Invitation, link: str) -> bool:
    context: dict[str, Any] = {
        "invitation": invitation,
        "inviter": invitation.invited_by,
        "link": link,
        "site_name": settings.SITE_NAME,
        "language": invitation.language or settings.LANGUAGE_CODE,
    }
    with translation.override(context["language"]):
        subject = _("%(name)s invites you to %(site)s") % {
            "name": context["inviter"].name,
            "site": settings.SITE_NAME,
        }
        message = EmailMultiAlternatives(
            " ".join(subject.split()),
            render_to_string("emails/people/invitation.txt", context),
            to=[invitation.email],
        )
        message.attach_alternative(render_to_string("emails/people/invitation.html", context), "text/html")
    try:
        return bool(message.send())
    except (SMTPException, OSError):
        return False
