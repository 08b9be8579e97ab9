"""Who wrote something anonymously is sealed: the site can tell them, and nobody reads who it is.

A seal holds two things, both of no use without the site's SECRET_KEY: a keyed hash, by which a person is
recognised as the holder, and the person, encrypted. docs/operations.md says what changing the key means.
"""

import base64
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.people.models import User

from ..kinds import place_of
from ..models import Comment, Conversation, Seal, SealBlock
from ..models.sealing import holders_of
from ..permissions import holds_seal

BLOCKED_FOR = timedelta(days=30)
PURPOSE = b"kring: who wrote something anonymously"


class NotAnonymousError(ValidationError):
    """This person writes nothing anonymously there; the message says why."""


def check_anonymous(by: User, audience: str) -> None:
    """Raises NotAnonymousError where one writes under one's own name only."""
    if not place_of(audience).allows_anonymous(audience):
        raise NotAnonymousError(_("Here one writes under one's own name."))
    blocks = SealBlock.objects.filter(audience=audience, holder__in=holders_of(by), until__gt=timezone.now())
    if blocks.exists():
        words = _("You cannot write anonymously here for a while. Under your own name you can.")
        raise NotAnonymousError(words)


def seal(thing: models.Model, by: User, audience: str) -> Seal:
    """Keep, for nobody to read, that `by` wrote it. In the caller's transaction."""
    return Seal.objects.create(
        thing=thing,
        audience=audience,
        holder=holders_of(by)[0],
        # As long for everybody.
        sealed=_box().encrypt(f"{by.pk:020}".encode()).decode(),
    )


def people_in(seals: Iterable[Seal]) -> set[int]:
    """Primary keys of whose these seals are; those that no key of the site opens are left out."""
    box, found = _box(), set()
    # One of each holder is enough.
    for one in {seal.holder: seal for seal in seals}.values():
        with suppress(InvalidToken):
            found.add(int(box.decrypt(one.sealed.encode())))
    return found


def person_in(seal: Seal) -> User | None:
    """Who it is: for telling them something, and for an opening that two agreed to. None once erased."""
    return User.objects.filter(pk__in=people_in([seal]), erased_at=None).first()


def person_behind(thing: Any) -> User | None:
    """Who wrote a comment or a discussion, openly or anonymously. Never shown."""
    if not thing.is_anonymous:
        return getattr(thing, "user", None) or getattr(thing, "author", None)
    found = Seal.objects.about(thing).first()
    return person_in(found) if found else None


def alias_for(by: User, conversation: Conversation, target: models.Model) -> int:
    """Which anonymous person of this conversation they are; 1 is whoever asked so, if somebody did."""
    asked_so = bool(getattr(target, "is_anonymous", False))
    if asked_so and holds_seal(by, target):
        return 1
    mine = Seal.objects.of_comments(conversation).held_by(by).values("object_id")
    said = Comment.objects.filter(conversation=conversation, is_anonymous=True)
    known = said.filter(pk__in=mine).values_list("alias", flat=True).first()
    if known:
        return known
    return int(said.aggregate(last=Max("alias"))["last"] or int(asked_so)) + 1


def said_lately(by: User, conversation: Conversation | None = None) -> models.QuerySet[Comment]:
    """What this person wrote anonymously, here or anywhere: it counts for their pace too."""
    said = Comment.objects.filter(is_anonymous=True)
    seals = Seal.objects.of_comments(conversation).held_by(by).order_by("-pk")
    return said.filter(pk__in=list(seals.values_list("object_id", flat=True)[:100]))


def forget_seals(user: User) -> None:
    """Nothing leads to this person any more. What is written down about openings stays, without them."""
    mine = Seal.objects.held_by(user)
    SealBlock.objects.filter(holder__in=holders_of(user)).delete()
    mine.filter(openings=None).delete()
    mine.update(holder="", sealed="")


def _box() -> MultiFernet:
    """Encrypts with a key made from the site's secret; reads what was encrypted with an earlier one too."""
    return MultiFernet([Fernet(_key(one)) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(made)
