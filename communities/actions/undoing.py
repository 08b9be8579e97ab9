"""Taking back what was decided about people of a community."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.conversations.actions import NotUndoneError, register_undo
from kring.conversations.models import Decision
from kring.people.models import User

from ..models import Membership
from .membership import LastLeadError, add_member, change_role, remove_member


def undo_role(decision: Decision, by: User) -> None:
    """Wants a lead; raises NotUndoneError where they left, or nobody would lead any more."""
    community: Any = decision.thing
    try:
        change_role(community=community, by=by, user=_person(decision), role=decision.data["role"])
    except (Membership.DoesNotExist, LastLeadError):
        raise NotUndoneError(_("They left meanwhile, or nobody would look after the community.")) from None


def undo_out(decision: Decision, by: User) -> None:
    community: Any = decision.thing
    add_member(community=community, by=by, user=_person(decision), role=decision.data["role"])


def undo_accepted(decision: Decision, by: User) -> None:
    community: Any = decision.thing
    try:
        remove_member(community=community, by=by, user=_person(decision))
    except LastLeadError as error:
        raise NotUndoneError(error.messages[0]) from None


def undo_declined(decision: Decision, by: User) -> None:
    community: Any = decision.thing
    add_member(community=community, by=by, user=_person(decision))


def _person(decision: Decision) -> User:
    found = User.objects.filter(pk=decision.data.get("user"), is_active=True).first()
    if found is None:
        raise NotUndoneError(_("This person is no longer here."))
    return found


def register_undoing() -> None:
    register_undo("role_changed", undo_role, gettext_lazy("changed a role"))
    register_undo("member_removed", undo_out, gettext_lazy("took somebody out of the community"))
    register_undo("request_accepted", undo_accepted, gettext_lazy("let somebody in"))
    register_undo("request_declined", undo_declined, gettext_lazy("did not let somebody in"))
