"""Saying that two things are not the same, and taking that back. Who may is asked by the apps above."""

from collections.abc import Iterable

from django.db import transaction

from kring.people.models import User

from ..alike import pair_name
from ..models import NotAlike


@transaction.atomic
def set_apart(*, pair: Iterable[str], by: User) -> bool:
    """Whether that is new; twice is as once. pair: two things, such as "lesson:3"."""
    _row, is_new = NotAlike.objects.get_or_create(pair=pair_name(pair), defaults={"by": by})
    return is_new


def bring_back(*, pair: Iterable[str]) -> bool:
    """Whether they were set apart."""
    number, _rows = NotAlike.objects.filter(pair=pair_name(pair)).delete()
    return bool(number)
