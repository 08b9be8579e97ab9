"""What moderators say of two things that look like the same, written down like all they decide."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy

from kring.conversations.actions import NotUndoneError, register_undo
from kring.conversations.models import Decision
from kring.people.models import User
from search.actions.setting_apart import bring_back, set_apart
from search.engines import Hit

from ..models import CommunityPage
from ..permissions import can_moderate
from .about_results import record_about


@transaction.atomic
def say_not_alike(*, hits: Sequence[Hit], by: User) -> None:
    """They are not the same, and nobody is asked again. Raises PermissionDenied for who does not look after
    both. What is written down in a community names its own thing alone, for its moderators may not know the
    other one."""
    places = CommunityPage.objects.in_bulk([int(hit.community or 0) for hit in hits])
    if not all(can_moderate(by, places[pk]) if pk in places else False for pk in map(_community, hits)):
        raise PermissionDenied
    pair = [hit.thing for hit in hits]
    if not set_apart(pair=pair, by=by):
        return
    for number, hit in enumerate(hits):
        is_first = all(_community(hit) != _community(other) for other in hits[:number])
        if is_first:
            record_about(hit, places[_community(hit)], by, verb="not_alike", pair=pair)


def _community(hit: Hit) -> int:
    return int(hit.community or 0)


def _alike_again(decision: Decision, by: User) -> None:
    if not bring_back(pair=decision.data["pair"]):
        raise NotUndoneError(gettext_lazy("They are compared again already."))


def register_doubles() -> None:
    register_undo("not_alike", _alike_again, gettext_lazy("said that it is not the same as another"))
