"""Asking to be let in, and answering who asks."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kring.activity.actions import record
from kring.people.models import User

from ..models import CommunityPage, Invite, JoinRequest
from ..permissions import can_ask_in, can_lead, can_let_in, forget_roles
from .deciding import decide_request
from .membership import enter, locked
from .telling_people import request_is_settled, tell_declined, tell_let_in, tell_of_request


@transaction.atomic
def request_to_join(*, community: CommunityPage, by: User, message: str = "") -> JoinRequest:
    """Ask to be let in. Who waits already keeps their place, with the new words. Raises PermissionDenied."""
    community = locked(community)
    forget_roles(by)
    if not can_ask_in(by, community):
        raise PermissionDenied
    return ask_in(community, by, message)


def ask_in(community: CommunityPage, user: User, message: str = "") -> JoinRequest:
    """Write the request and tell those who let people in. Wants the lock, asks no permission."""
    request, made = JoinRequest.objects.get_or_create(
        community=community, user=user, state=JoinRequest.State.WAITING, defaults={"message": message}
    )
    if made:
        record(verb="asked_in", target=community, by=user)
        tell_of_request(request)
    elif message and message != request.message:
        request.message = message
        request.save(update_fields=["message"])
    return request


@transaction.atomic
def withdraw_request(*, request: JoinRequest, by: User) -> JoinRequest:
    """Take one's own request back; an answered one stays as it is. Raises PermissionDenied."""
    request = _held(request)
    if request.user_id != by.pk:
        raise PermissionDenied
    if request.state == JoinRequest.State.WAITING:
        _settle(request, JoinRequest.State.WITHDRAWN)
    return request


@transaction.atomic
def answer_request(*, request: JoinRequest, by: User, accept: bool, answer: str = "") -> JoinRequest:
    """Let them in or not, with a word that they read. Who was answered keeps the first answer.

    Raises PermissionDenied; a guest is let in by leads alone.
    """
    request = _held(request)
    community, user = request.community, request.user
    may = can_lead(by, community) if user.is_guest else can_let_in(by, community)
    if not may or community.archived_at or (accept and not user.is_active):
        raise PermissionDenied
    if request.state != JoinRequest.State.WAITING:
        return request
    request.answer, request.answered_by = answer, by
    _settle(request, JoinRequest.State.ACCEPTED if accept else JoinRequest.State.DECLINED)
    if accept:
        enter(community, user)
        record(verb="added", target=community, by=by, audience=community.audience, person=user.pk)
        tell_let_in(request, by=by)
    else:
        record(verb="declined", target=community, by=by, person=user.pk)
        tell_declined(request, by=by)
    decide_request(request, by)
    return request


def forget_strangers(community: CommunityPage) -> None:
    """It was made private: for who waits uninvited it is not there any more, and neither is their request."""
    waiting = JoinRequest.objects.filter(community=community, state=JoinRequest.State.WAITING)
    invited = Invite.objects.filter(community=community).exclude(state=Invite.State.DECLINED)
    for request in waiting.exclude(user__in=invited.values("user")):
        _settle(request, JoinRequest.State.WITHDRAWN)


def _held(request: JoinRequest) -> JoinRequest:
    """As it is now, under the lock of its community."""
    community = locked(request.community)
    fresh = JoinRequest.objects.select_related("user").get(pk=request.pk)
    fresh.community = community
    return fresh


def _settle(request: JoinRequest, state: str) -> None:
    request.state = state
    request.answered_at = timezone.now()
    request.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    request_is_settled(request)
