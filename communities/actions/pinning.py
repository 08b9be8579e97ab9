"""What moderators put first in the results, written down like all they decide."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.conversations.actions import NotUndoneError, register_undo
from kring.conversations.models import Decision
from kring.people.models import User
from kring.people.permissions import visible_people
from search.actions.asking import settle_words
from search.actions.pinning import pin, unpin
from search.engines import Hit
from search.models import Pin
from search.pinning import register_keeper
from search.showing import PERSON
from search.text import as_asked

from ..models import CommunityPage
from ..permissions import can_moderate, moderates_anything
from .about_results import record_about
from .pinning_people import log_of, person_to_pin, register_pinning_people, tell_pinned, why_not_again


@transaction.atomic
def pin_result(*, hit: Hit, words: str, by: User) -> None:
    """Put it first for everybody who searches for these words and may read it.

    Raises PermissionDenied, and ValidationError for no words or where three are pinned.
    """
    community = _in_care_of(hit, by)
    made, is_new = pin(words=words, kind=hit.kind, object_id=hit.object_id, by=by)
    if is_new:
        _record("result_pinned", hit, words, community, by)
        _tell(made, by)


@transaction.atomic
def unpin_result(*, hit: Hit, words: str, by: User) -> None:
    """It stands where it would by itself; twice is as once. Raises PermissionDenied."""
    community = _in_care_of(hit, by)
    if unpin(words=words, kind=hit.kind, object_id=hit.object_id):
        _record("result_unpinned", hit, words, community, by)


def set_aside_words(*, words: str, by: User) -> None:
    """Nobody need see to these words any more. Raises PermissionDenied."""
    if not moderates_anything(by):
        raise PermissionDenied
    settle_words(words=words)


def _in_care_of(hit: Hit, by: User) -> CommunityPage | None:
    """The community in whose log it is written; a person stands in nobody's care."""
    if hit.kind == PERSON:
        return log_of(person_to_pin(hit.object_id, by), by)
    community = CommunityPage.objects.filter(pk=int(hit.community or 0)).first()
    if community is None or not can_moderate(by, community):
        raise PermissionDenied
    return community


def _record(verb: str, hit: Hit, words: str, community: CommunityPage | None, by: User) -> None:
    asked = as_asked(words)
    if community:
        record_about(
            hit, community, by, verb=verb, said=f"“{asked}”: ", words=asked, kind=hit.kind, id=hit.object_id
        )


def _tell(made: Pin, by: User) -> None:
    if made.kind == PERSON:
        tell_pinned(made, by)


def _pin_again(decision: Decision, by: User) -> None:
    kind, pk, words = (decision.data[name] for name in ("kind", "id", "words"))
    if kind == PERSON:
        person = visible_people(by).active().filter(pk=pk).first()
        if person is None:
            raise NotUndoneError(_("This person is no longer here."))
        _refuse_against_their_will(person, words)
    try:
        made, is_new = pin(words=words, kind=kind, object_id=pk, by=by)
    except ValidationError as error:
        raise NotUndoneError(error.messages) from None
    if is_new:
        _tell(made, by)


def _unpin_again(decision: Decision, by: User) -> None:
    kind, pk, words = (decision.data[name] for name in ("kind", "id", "words"))
    if unpin(words=words, kind=kind, object_id=pk):
        return
    if kind == PERSON and isinstance(decision.thing, User):
        _refuse_against_their_will(decision.thing, words)
    raise NotUndoneError(_("It is no longer pinned."))


def _refuse_against_their_will(person: User, words: str) -> None:
    if why := why_not_again(person, words):
        raise NotUndoneError(why)


def _communities_of(user: Any) -> set[str]:
    if not moderates_anything(user):
        return set()
    rows = CommunityPage.objects.live()
    rows = rows if user.is_superuser else rows.led_by(user)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def register_pinning() -> None:
    register_keeper(_communities_of)
    register_pinning_people()
    register_undo("result_pinned", _unpin_again, gettext_lazy("pinned a result"))
    register_undo("result_unpinned", _pin_again, gettext_lazy("took a pinned result away"))
