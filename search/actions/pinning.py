"""Putting a result first for some words, and taking it away again. Who may is asked by the apps above, which
know in whose care a thing stands, and which write down what was decided."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kring.people.models import User

from ..models import Pin
from ..pinning import MOST
from ..showing import PERSON
from ..text import as_asked


@transaction.atomic
def pin(*, words: str, kind: str, object_id: int, by: User) -> tuple[Pin, bool]:
    """The pin, and whether it is new; twice is as once. Raises ValidationError without words, or at three."""
    wanted = as_asked(words)
    if not wanted:
        raise ValidationError(_("Which words do people search for? Fill in one or more."))
    pins = list(Pin.objects.select_for_update().filter(words=wanted))
    for one in pins:
        if (one.kind, one.object_id) == (kind, object_id):
            return one, False
    if len(pins) >= MOST:
        text = _("Three results are pinned for “%(words)s” already. Take one of them away first.")
        raise ValidationError(text % {"words": wanted})
    return Pin.objects.create(words=wanted, kind=kind, object_id=object_id, by=by), True


def unpin_person(person: User) -> None:
    """From all words: they left, or wish so."""
    Pin.objects.filter(kind=PERSON, object_id=person.pk).delete()


def unpin(*, words: str, kind: str, object_id: int) -> bool:
    """Whether there was such a pin."""
    number, _rows = Pin.objects.filter(words=as_asked(words), kind=kind, object_id=object_id).delete()
    return bool(number)
