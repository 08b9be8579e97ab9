"""The word that a community has for new members: shown until they have read it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kring.activity.actions import record
from kring.activity.models import Activity
from kring.people.models import User

from ..models import CommunityPage, Membership

NEW_FOR = timedelta(days=30)
READ = "read_welcome"


def welcome_is_due(community: CommunityPage, membership: Membership | None) -> bool:
    """Whether this member came in lately and has not put the word away since."""
    if membership is None or community.archived_at:
        return False
    if membership.role == Membership.Role.LEAD or membership.joined_at < timezone.now() - NEW_FOR:
        return False
    facts = Activity.objects.about(community).filter(actor=membership.user_id, verb=READ)
    return not facts.filter(at__gte=membership.joined_at).exists()


@transaction.atomic
def put_welcome_away(*, community: CommunityPage, by: User) -> None:
    """It was read. Twice is as once; for who does not belong there is none."""
    membership = Membership.objects.filter(community=community, user=by).first()
    if welcome_is_due(community, membership):
        record(verb=READ, target=community, by=by)
